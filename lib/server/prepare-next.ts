import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import path from "node:path";
import sirv from "sirv";
import type { PublicOrigin } from "#lib/server/client-address";
import type { NextHandler } from "#lib/server/next-lane";
import { StartError } from "#lib/server/start-error";

const PROJECT_DIR = path.resolve(import.meta.dirname, "../..");
const BUILD_DIR = path.join(PROJECT_DIR, ".next");

/** Next, ready to answer. */
export type PreparedNext = { handle: NextHandler; close(): Promise<void> };

/** Throws `StartError` when there is no complete build to serve. */
export const requireBuild = (): void => {
  if (existsSync(path.join(BUILD_DIR, "BUILD_ID"))) return;
  throw new StartError(`There is no finished build in ${BUILD_DIR}. Run \`npm start\`, which builds first.`);
};

/**
 * Starts Next inside this process, with the public origin as its own, so that the addresses it generates are right. Next
 * receives development sockets through the `upgrade` event of the given server.
 */
export const prepareNext = async (isDev: boolean, origin: PublicOrigin, upgrades: Server): Promise<PreparedNext> => {
  if (!isDev) keepBuiltConfig();
  // Next would otherwise read .env files itself, after all other modules have read the settings.
  process.env.__NEXT_PROCESSED_ENV = "true";
  process.env.BORING_FRONT_DOOR = "yes";
  const { default: next } = await import("next");
  const app = next({
    dev: isDev,
    dir: PROJECT_DIR,
    hostname: origin.hostname,
    port: Number(origin.port),
    // Next would listen for upgrades on the real server, past the front door. On this one it hears only those passed on.
    httpServer: upgrades,
  });
  await app.prepare();
  const handle: NextHandler = app.getRequestHandler();
  return {
    handle: isDev ? handle : serveBuildFiles(path.join(BUILD_DIR, "static"), handle),
    close: () => app.close(),
  };
};

// Next's standalone server also uses the configuration from the build. Reading next.config.ts again would load the compiler
// (50 MB and a tenth of a second) for the same result.
function keepBuiltConfig(): void {
  const built = JSON.parse(readFileSync(path.join(BUILD_DIR, "required-server-files.json"), "utf8"));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(built.config);
}

const PREFIX = "/_next/static/";
const YEAR_SECONDS = 31_536_000;

/**
 * Serves the scripts and styles of the build, with the brotli and gzip copies that the build step wrote beside them. Every
 * other request goes to Next. File names contain a content hash, so browsers cache them.
 */
const serveBuildFiles = (staticDir: string, next: NextHandler): NextHandler => {
  const serve = sirv(staticDir, { brotli: true, gzip: true, immutable: true, maxAge: YEAR_SECONDS });
  return async (request: IncomingMessage, response: ServerResponse) => {
    const { url = "" } = request;
    if (!url.startsWith(PREFIX)) return next(request, response);
    request.url = url.slice(PREFIX.length - 1);
    return new Promise((resolve, reject) => {
      response.once("close", resolve);
      serve(request, response, () => {
        request.url = url;
        next(request, response).then(resolve, reject);
      });
    });
  };
};
