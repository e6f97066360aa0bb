import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { devNull } from "node:os";
import path from "node:path";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import type { Postgres } from "#lib/testing/postgres/start-postgres";

const PROJECT_DIR = path.resolve(import.meta.dirname, "../..");

/** A process that publishes. */
export type RunningWorker = {
  /** Everything it has printed so far. */
  output(): string;
  /** Resolves when it has ended, with the signal that ended it. */
  ended: Promise<NodeJS.Signals | null>;
  stop(): Promise<void>;
};

/** A server on a PostgreSQL database of its own, and workers beside it. */
export type Installation = {
  server: RunningServer;
  databaseUrl: string;
  startWorker(env?: Record<string, string>): RunningWorker;
  stop(): Promise<void>;
};

const living = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

/** Starts a server, which publishes nothing itself unless told otherwise. */
export const startInstallation = async (
  postgres: Postgres,
  given: Record<string, string>,
  { publishesInServer = false } = {},
): Promise<Installation> => {
  const databaseUrl = await postgres.createDatabase(`boring_${randomBytes(6).toString("hex")}`);
  const env = { ...given, DATABASE_URL: databaseUrl, PUBLISH_IN_SERVER: publishesInServer ? "yes" : "no" };
  const server = await startServer({ env });
  const workers: RunningWorker[] = [];
  return {
    server,
    databaseUrl,
    startWorker: (more = {}) => {
      const worker = startWorker({ ...env, DATA_DIR: server.dataDir, PUBLIC_URL: server.url, ...more });
      workers.push(worker);
      return worker;
    },
    stop: async () => {
      for (const worker of workers) await worker.stop();
      await server.stop();
    },
  };
};

function startWorker(env: Record<string, string>): RunningWorker {
  const child = spawn(process.execPath, ["scripts/worker.ts"], {
    cwd: PROJECT_DIR,
    env: { NODE_ENV: "production", PATH: process.env.PATH, ENV_FILE: devNull, ...env },
  });
  living.add(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  const ended = once(child, "close").then(() => {
    living.delete(child);
    return child.signalCode;
  });
  return {
    output: () => text,
    ended,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
