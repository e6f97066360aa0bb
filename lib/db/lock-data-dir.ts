import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { hostname } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { settings } from "#lib/env";

/** Another process uses the data directory, or it is not writable. The message is for the operator. */
export class DataDirError extends Error {
  override name = "DataDirError";
}

type Lock = { release(): void };

// A lock would end with the last reference to it.
const locks = new Map<string, Lock>();

const SQLITE_BUSY = 5;

/**
 * Gives this process exclusive use of the data directory until `release` is called or the process ends in any way. A process
 * that already has it keeps it. Throws `DataDirError`, naming the holder, at once when another process has it.
 */
export const lockDataDir = async (dataDir: string): Promise<Lock> => {
  const holder = describeThisProcess();
  const held = locks.get(dataDir);
  if (held) return held;
  requireWritable(dataDir);
  const socket = process.platform === "linux" ? await lockBySocket(dataDir, holder) : undefined;
  try {
    const file = lockFile(dataDir);
    const lock = {
      release: () => {
        locks.delete(dataDir);
        rmSync(holderFile(dataDir), { force: true });
        file.close();
        socket?.close();
      },
    };
    locks.set(dataDir, lock);
    writeFileSync(holderFile(dataDir), holder, { mode: 0o600 });
    return lock;
  } catch (error) {
    socket?.close();
    throw error;
  }
};

function requireWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // A process in another container may have the same id.
    const probe = path.join(dataDir, `.write-test-${crypto.randomUUID()}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new DataDirError(
      `DATA_DIR ${dataDir} cannot be written (${code}). Give a folder this user may write to, for example DATA_DIR=./data.`,
      { cause },
    );
  }
}

// The lock covers exactly the shared directory: the kernel keeps it for the file, through any container or path, and drops
// it with the process. Opening the file again in this process and closing it would lose the lock.
function lockFile(dataDir: string): DatabaseSync {
  const file = path.join(dataDir, "lock.sqlite");
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { timeout: 0 });
    chmodSync(file, 0o600);
    db.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return db;
  } catch (cause) {
    db?.close();
    const { errcode, message } = cause as Error & { errcode?: number };
    if (((errcode ?? 0) & 0xff) === SQLITE_BUSY) throw heldError(dataDir, readHolder(dataDir));
    throw new DataDirError(
      `DATA_DIR ${dataDir} cannot be locked against other processes (${file}: ${message}). Give a folder on a file system that supports locks, or set DATABASE_URL.`,
      { cause },
    );
  }
}

// Earlier releases use this lock, so it keeps them and this one apart. It also survives the deletion of the file. It is
// limited to one network namespace, so it is not enough by itself.
async function lockBySocket(dataDir: string, holder: string): Promise<Server> {
  const { dev, ino } = statSync(dataDir);
  const name = `\0boring-console-data-${dev}-${ino}`;
  const server = createServer((socket) => socket.on("error", () => {}).end(holder));
  const isTaken = await new Promise<boolean>((resolve, reject) => {
    server.once("listening", () => resolve(true));
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(false) : reject(error),
    );
    server.listen(name);
  });
  if (!isTaken) throw heldError(dataDir, await askHolder(name));
  return server.unref();
}

function askHolder(name: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = createConnection(name);
    socket.setEncoding("utf8").setTimeout(1000, () => socket.destroy());
    socket.on("data", (text) => {
      answer += text;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer || "another process"));
  });
}

function describeThisProcess(): string {
  return `process ${process.pid}, which serves ${settings().publicUrl}, on ${hostname()}`;
}

function holderFile(dataDir: string): string {
  return path.join(dataDir, "lock-holder.txt");
}

function readHolder(dataDir: string): string {
  try {
    return readFileSync(holderFile(dataDir), "utf8") || "another process";
  } catch {
    return "another process";
  }
}

function heldError(dataDir: string, holder: string): DataDirError {
  return new DataDirError(
    `DATA_DIR ${dataDir} is in use by ${holder}. Stop that process first, or give this one a folder of its own, for example DATA_DIR=./data-2.`,
  );
}
