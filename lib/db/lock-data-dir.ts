import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import path from "node:path";

/** The data directory is in use by another process, or cannot be written. The message is for the operator. */
export class DataDirError extends Error {
  override name = "DataDirError";
}

/**
 * Makes this process the only opener of the data directory until `release` is called or the process dies, however it dies.
 * Throws `DataDirError` at once, naming the holder, when another living process has it.
 */
export const lockDataDir = async (dataDir: string, holder: string): Promise<{ release(): void }> => {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const probe = path.join(dataDir, `.write-test-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new DataDirError(
      `DATA_DIR ${dataDir} cannot be written (${code}). Give a folder this user may write to, for example DATA_DIR=./data.`,
      { cause },
    );
  }
  return process.platform === "linux" ? lockBySocket(dataDir, holder) : lockByFile(dataDir, holder);
};

// An abstract socket is taken atomically and given back by the kernel with the process's last breath,
// so there is nothing stale to judge. Device and inode name the folder whatever path leads to it.
async function lockBySocket(dataDir: string, holder: string): Promise<{ release(): void }> {
  const { dev, ino } = statSync(dataDir);
  const name = `\0boring-console-data-${dev}-${ino}`;
  const server = createServer((socket) => socket.on("error", () => {}).end(holder));
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once("listening", () => resolve(true));
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(false) : reject(error),
    );
    server.listen(name);
  });
  if (!taken) throw heldError(dataDir, await askHolder(name));
  server.unref();
  return { release: () => closeNow(server) };
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

// Elsewhere: an exclusively created file with the process id, taken over only when no such process lives.
function lockByFile(dataDir: string, holder: string): { release(): void } {
  const file = path.join(dataDir, "lock");
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid, holder }), { flag: "wx", mode: 0o600 });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const held = JSON.parse(readFileSync(file, "utf8")) as { pid: number; holder: string };
      if (isAlive(held.pid)) throw heldError(dataDir, held.holder);
      rmSync(file, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function heldError(dataDir: string, holder: string): DataDirError {
  return new DataDirError(
    `DATA_DIR ${dataDir} is in use by ${holder}. Stop that process first, or give this one a folder of its own, for example DATA_DIR=./data-2.`,
  );
}

function closeNow(server: Server): void {
  server.close();
}
