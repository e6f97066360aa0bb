import { existsSync } from "node:fs";
import type { Server } from "node:http";
import path from "node:path";
import type { NextHandler } from "#lib/server/next-lane";
import type { PublicOrigin } from "#lib/server/public-origin";
import { StartError } from "#lib/server/start-error";

const PROJECT_DIR = path.resolve(import.meta.dirname, "../..");

/** Next, ready to answer. */
export type PreparedNext = { handle: NextHandler; close(): Promise<void> };

/** Throws `StartError` when there is no finished build to serve. */
export const requireBuild = (): void => {
  if (existsSync(path.join(PROJECT_DIR, ".next", "BUILD_ID"))) return;
  throw new StartError(`There is no finished build in ${PROJECT_DIR}/.next. Run \`npm start\`, which makes one.`);
};

/**
 * Starts Next inside this process. It takes the public origin for its own, so that addresses it makes are right.
 * The returned server's `upgrade` event is Next's entrance for its development socket.
 */
export const prepareNext = async (isDev: boolean, origin: PublicOrigin, upgrades: Server): Promise<PreparedNext> => {
  const { default: next } = await import("next");
  const app = next({
    dev: isDev,
    dir: PROJECT_DIR,
    hostname: origin.hostname,
    port: Number(origin.port),
    // Next would listen for upgrades on the real server, past the front door; this one hears what it is told.
    httpServer: upgrades,
    quiet: true,
  });
  await app.prepare();
  return { handle: app.getRequestHandler(), close: () => app.close() };
};
