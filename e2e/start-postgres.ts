import { execFile, execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { findFreePort } from "./find-free-port.ts";

const execute = promisify(execFile);

export type Postgres = {
  /** A new, empty database in this server. */
  createDatabase(name: string): Promise<string>;
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** The folder of PostgreSQL's programs on this machine, or undefined: then tests skip with a notice. */
export const findPostgres = (): string | undefined => {
  const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").sort() : [];
  const folders = versions.reverse().map((version) => `/usr/lib/postgresql/${version}/bin`);
  try {
    folders.unshift(execFileSync("pg_config", ["--bindir"], { encoding: "utf8", stdio: "pipe" }).trim());
  } catch {
    // Without pg_config the usual folders are all there is to look at.
  }
  return folders.find((folder) => existsSync(path.join(folder, "initdb")) && existsSync(path.join(folder, "pg_ctl")));
};

/**
 * Starts a PostgreSQL of the caller's own: a free port, loopback only, a folder that disappears with it.
 * It waits for the disk only when it has to be durable; no test cuts the power.
 */
export const startPostgres = async ({ isDurable = false } = {}): Promise<Postgres> => {
  const binaries = findPostgres();
  if (!binaries) throw new Error("PostgreSQL is not installed");
  const folder = await mkdtemp(path.join(tmpdir(), "boring-postgres-"));
  const port = await findFreePort();
  const owner = await chooseOwner(folder);
  const call = (program: string, ...args: string[]) =>
    execute(path.join(binaries, program), args, { cwd: folder, ...owner });
  const data = path.join(folder, "data");
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=${isDurable ? "on" : "off"}`;
  const start = () => call("pg_ctl", "start", "-w", "-D", data, "-l", path.join(folder, "log"), "-o", options);
  await call("initdb", "-D", data, "-U", "boring", "--auth=trust", "--encoding=UTF8");
  await start();
  return {
    createDatabase: async (name) => {
      await call("createdb", "-h", "127.0.0.1", "-p", String(port), "-U", "boring", name);
      return `postgresql://boring@127.0.0.1:${port}/${name}`;
    },
    restart: async () => {
      await call("pg_ctl", "stop", "-m", "immediate", "-D", data);
      await start();
    },
    stop: async () => {
      await call("pg_ctl", "stop", "-m", "immediate", "-D", data).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
};

// PostgreSQL refuses to run as root; its package brought a user that may.
async function chooseOwner(folder: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  const owner = { uid: id("-u"), gid: id("-g") };
  await chmod(folder, 0o700);
  await chown(folder, owner.uid, owner.gid);
  return owner;
}
