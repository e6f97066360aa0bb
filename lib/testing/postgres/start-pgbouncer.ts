import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { findFreePort } from "#lib/testing/find-free-port";
import { findPostgresOwner } from "#lib/testing/postgres/start-postgres";

export type PgBouncer = {
  /** The same database, through the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
};

/** The pooler's program on this machine, or undefined: then tests skip with a notice. */
export const findPgBouncer = (): string | undefined =>
  ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"].find((file) => existsSync(file));

/** Starts PgBouncer in front of a PostgreSQL on loopback, with the settings that its package brings. */
export const startPgBouncer = async (postgresPort: number, mode: "session" | "transaction"): Promise<PgBouncer> => {
  const program = findPgBouncer();
  if (!program) throw new Error("PgBouncer is not installed");
  const folder = await mkdtemp(path.join(tmpdir(), "boring-pgbouncer-"));
  const port = await findFreePort();
  const owner = findPostgresOwner();
  await writeFile(path.join(folder, "users"), '"boring" ""\n');
  const lines = [
    "[databases]",
    `* = host=127.0.0.1 port=${postgresPort}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = trust",
    `auth_file = ${path.join(folder, "users")}`,
    // The package's own files leave everything else at its default.
    `pool_mode = ${mode}`,
  ];
  const file = path.join(folder, "pgbouncer.ini");
  await writeFile(file, `${lines.join("\n")}\n`);
  await chmod(folder, 0o755);
  if (owner.uid !== undefined) await chown(folder, owner.uid, owner.gid ?? owner.uid);
  const child = spawn(program, ["-q", file], { cwd: folder, ...owner, stdio: "ignore" });
  const ended = once(child, "close");
  await waitForPort(port);
  return {
    through: (url) => url.replace(`:${postgresPort}/`, `:${port}/`),
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

async function waitForPort(port: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    const socket = createConnection(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await setTimeout(50);
    } finally {
      socket.destroy();
    }
  }
}
