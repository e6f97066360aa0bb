import { execFile, execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chmod, chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { findFreePort } from "#lib/testing/find-free-port";

const execute = promisify(execFile);

export type Postgres = {
  port: number;
  /** The folder of its own, for files that its settings name. */
  folder: string;
  /** A new, empty database in this server. */
  createDatabase(name: string): Promise<string>;
  restart(): Promise<void>;
  /** Stops it as its operator would, so that it can be started again. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Stops it for good. */
  stop(): Promise<void>;
};

type PostgresOptions = {
  isDurable?: boolean;
  /** What its configuration says besides. */
  settings?: Record<string, string>;
  /** Prepares files in its folder, which then belong to it. */
  prepare?: (folder: string) => Promise<void>;
};

// As on somebody's machine: not on UTC, not a whole hour from it, and dates in an order of its own.
const ELSEWHERE = { timezone: "Asia/Kathmandu", datestyle: "SQL, DMY" };

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
export const startPostgres = async (given: PostgresOptions = {}): Promise<Postgres> => {
  const binaries = findPostgres();
  if (!binaries) throw new Error("PostgreSQL is not installed");
  const folder = await mkdtemp(path.join(tmpdir(), "boring-postgres-"));
  const port = await findFreePort();
  await given.prepare?.(folder);
  const owner = await chooseOwner(folder);
  const call = (program: string, ...args: string[]) =>
    execute(path.join(binaries, program), args, { cwd: folder, ...owner });
  const data = path.join(folder, "data");
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: given.isDurable ? "on" : "off",
    ...ELSEWHERE,
    ...given.settings,
  };
  const said = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const options = [`-p ${port}`, ...said].join(" ");
  const start = () => call("pg_ctl", "start", "-w", "-D", data, "-l", path.join(folder, "log"), "-o", options);
  await call("initdb", "-D", data, "-U", "boring", "--auth=trust", "--encoding=UTF8");
  await start();
  return {
    port,
    folder,
    createDatabase: async (name) => {
      await call("createdb", "-h", "127.0.0.1", "-p", String(port), "-U", "boring", name);
      return `postgresql://boring@127.0.0.1:${port}/${name}`;
    },
    restart: async () => {
      await call("pg_ctl", "stop", "-m", "immediate", "-D", data);
      await start();
    },
    halt: async () => void (await call("pg_ctl", "stop", "-w", "-m", "fast", "-D", data)),
    start: async () => void (await start()),
    stop: async () => {
      await call("pg_ctl", "stop", "-m", "immediate", "-D", data).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
};

async function chooseOwner(folder: string): Promise<{ uid?: number; gid?: number }> {
  const owner = findPostgresOwner();
  if (owner.uid === undefined || owner.gid === undefined) return {};
  await chmod(folder, 0o700);
  for (const name of await readdir(folder)) await chown(path.join(folder, name), owner.uid, owner.gid);
  await chown(folder, owner.uid, owner.gid);
  return owner;
}

/** Whom PostgreSQL and its poolers, which refuse to run as root, run as: the user that their package brought. */
export const findPostgresOwner = (): { uid?: number; gid?: number } => {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
};
