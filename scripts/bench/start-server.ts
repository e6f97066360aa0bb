import { get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { findFreePort } from "#lib/testing/find-free-port";
import { readCpuSeconds, readMemory } from "./read-process.ts";
import type { Helper, Workshop } from "./workshop.ts";

const PATIENCE_MILLISECONDS = 60_000;
const PRODUCT = "lib/server/main.ts";

/** A server that is ready. */
export type BenchServer = {
  url: string;
  /** From the start of its process to the end of its first answer. */
  startMilliseconds: number;
  /** The current resident memory of its process, in MiB. */
  memory(): number;
  /** The peak of its memory, in MiB. */
  peakMemory(): number;
  /** The processor time of its process so far. */
  cpuSeconds(): number;
  stop(): Promise<void>;
};

type Start = {
  program?: string;
  env?: Record<string, string>;
  path: string;
  secret?: string | undefined;
  /** The build's folder. Absent: this one. */
  root?: string | undefined;
};

/** Starts a server, by default the product, and resolves when it has answered its first request with 200. */
export const startServer = async (
  workshop: Workshop,
  { program = PRODUCT, env, path, secret, root }: Start,
): Promise<BenchServer> => {
  const port = await findFreePort();
  const standInPort = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const helper = workshop.run(program, {
    root,
    env: { PORT: String(port), STAND_IN_PORT: String(standInPort), PUBLIC_URL: url, ...env },
  });
  await firstAnswer(helper, url + path, secret);
  const startMilliseconds = performance.now() - startedAt;
  const { pid = 0 } = helper.process;
  return {
    url,
    startMilliseconds,
    memory: () => readMemory(pid),
    peakMemory: () => readMemory(pid, "VmHWM"),
    cpuSeconds: () => readCpuSeconds(pid),
    stop: helper.stop,
  };
};

async function firstAnswer(helper: Helper, url: string, secret: string | undefined): Promise<void> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  const { process } = helper;
  while (process.exitCode === null && process.signalCode === null && performance.now() < deadline) {
    if ((await ask(url, secret)) === 200) return;
    await wait(5);
  }
  throw new Error(`${url} did not answer:\n${helper.lastWords()}`);
}

// Without keep-alive, because Node's own server waits for idle connections when it stops.
function ask(url: string, secret: string | undefined): Promise<number | undefined> {
  return new Promise((resolve) => {
    const headers = secret ? { "boring-api-key": secret } : {};
    const request = get(url, { headers, agent: false }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    });
    request.once("error", () => resolve(undefined));
  });
}
