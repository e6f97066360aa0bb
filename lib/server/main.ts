import { enableCompileCache } from "node:module";
import type { RunningServer } from "#lib/server/start";

// Compiled code is kept from one start to the next; everything else is loaded after this line for its sake.
enableCompileCache();
await import("#lib/server/prepare-process");
const { toStartSentence } = await import("#lib/server/start-error");

const LONGEST_STOP_MILLISECONDS = 9800;
const isDev = process.argv.includes("--dev");
const hasFastLane = !isDev && !process.argv.includes("--carrier=next");

try {
  const { start } = await import("#lib/server/start");
  const { VERSION } = await import("#lib/version");
  const starting = start({ isDev, hasFastLane });
  stopOnSignal(starting);
  const { publicUrl } = await starting;
  process.stdout.write(`Boring Console ${VERSION} is ready. Open ${publicUrl}\n`);
} catch (error) {
  process.stderr.write(`${toStartSentence(error)}\n`);
  process.exit(1);
}

function stopOnSignal(starting: Promise<RunningServer>): void {
  let isStopping = false;
  const onSignal = async () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    // However far the start has come, whatever hangs.
    setTimeout(() => process.exit(1), LONGEST_STOP_MILLISECONDS).unref();
    const running = await starting;
    const { stop } = await import("#lib/server/stop");
    await stop(running);
    process.exit(0);
  };
  // A start that fails meanwhile is told above.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void onSignal().catch(() => {}));
}
