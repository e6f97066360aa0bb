import { enableCompileCache } from "node:module";
import type { RunningServer } from "#lib/server/start";

// Caches compiled code between starts. Everything else is imported after this line, so that the cache covers it.
enableCompileCache();
await import("#lib/server/prepare-process");
const { toStartSentence } = await import("#lib/server/start-error");

const LONGEST_STOP_MILLISECONDS = 9800;
const isDev = process.argv.includes("--dev");

try {
  const { start } = await import("#lib/server/start");
  const { VERSION } = await import("#lib/version");
  const starting = start({ isDev });
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
    // However far the start has come, and whatever hangs.
    setTimeout(() => process.exit(1), LONGEST_STOP_MILLISECONDS).unref();
    const running = await starting;
    const { stop } = await import("#lib/server/stop");
    await stop(running);
    process.exit(0);
  };
  // The handler above reports a start that fails meanwhile.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void onSignal().catch(() => {}));
}
