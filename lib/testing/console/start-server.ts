import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { findFreePort } from "#lib/testing/find-free-port";

const PROJECT_DIR = path.resolve(import.meta.dirname, "../../..");
const START_MILLISECONDS = 180_000;
const STOP_MILLISECONDS = 60_000;

export type ServerOptions = {
  env?: Record<string, string>;
  /** Absent: a temporary folder, which lasts as long as the test process. */
  dataDir?: string;
  port?: number;
};

/** A server process of its own. */
export type RunningServer = {
  url: string;
  port: number;
  standInPort: number;
  dataDir: string;
  process: ChildProcess;
  /** Everything it has printed so far, on both streams. */
  output(): string;
  /** Stops it as an operator would and returns its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would. The next `startServer` waits until it is gone. */
  kill(): void;
};

const dying = new Set<Promise<unknown>>();
const living = new Set<ChildProcess>();
const temporary: string[] = [];
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
  for (const dataDir of temporary) rmSync(dataDir, { recursive: true, force: true });
});

/** Starts the built server and resolves when it says that it is ready; rejects with what it printed when it ends before. */
export const startServer = async (options: ServerOptions = {}): Promise<RunningServer> => {
  await Promise.all(dying);
  const dataDir = options.dataDir ?? (await makeDataDir());
  const port = options.port ?? (await findFreePort());
  const standInPort = await findFreePort();
  const url = options.env?.PUBLIC_URL ?? `http://localhost:${port}`;
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "production",
    PATH: process.env.PATH,
    // Away from the settings of whoever runs the tests.
    ENV_FILE: devNull,
    PORT: String(port),
    STAND_IN_PORT: String(standInPort),
    DATA_DIR: dataDir,
    // Tests knock with wrong keys as fast as they can, all from one address.
    FAILED_AUTH_PER_MINUTE: "1000000",
    ...options.env,
  };
  const child = spawn(process.execPath, ["lib/server/main.ts"], { cwd: PROJECT_DIR, env });
  living.add(child);
  const ended = once(child, "close").then(() => void living.delete(child));
  const output = collect(child);
  const server: RunningServer = {
    url,
    port,
    standInPort,
    dataDir,
    process: child,
    output,
    stop: async () => {
      child.kill("SIGTERM");
      const impatience = setTimeout(() => child.kill("SIGKILL"), STOP_MILLISECONDS);
      await ended;
      clearTimeout(impatience);
      return child.exitCode;
    },
    kill: () => {
      dying.add(ended);
      void ended.then(() => dying.delete(ended));
      child.kill("SIGKILL");
    },
  };
  await waitUntilReady(child, output, ended);
  return server;
};

async function makeDataDir(): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "boring-test-"));
  temporary.push(dataDir);
  return dataDir;
}

function collect(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

async function waitUntilReady(child: ChildProcess, output: () => string, ended: Promise<void>): Promise<void> {
  const impatience = setTimeout(() => child.kill("SIGKILL"), START_MILLISECONDS);
  const ready = new Promise<void>((resolve) => {
    child.stdout?.on("data", () => {
      if (/^Boring Console .*is ready\./m.test(output())) resolve();
    });
  });
  const failed = ended.then(() => {
    throw new Error(output().trim() || `The server ended without a word (exit code ${child.exitCode}).`);
  });
  failed.catch(() => {});
  await Promise.race([ready, failed]).finally(() => clearTimeout(impatience));
}
