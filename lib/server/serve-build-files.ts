import type { IncomingMessage, ServerResponse } from "node:http";
import sirv from "sirv";
import type { NextHandler } from "#lib/server/next-lane";

const PREFIX = "/_next/static/";
const YEAR_SECONDS = 31_536_000;

/**
 * Answers for the scripts and styles of the build, with the brotli and gzip twins that the build step left beside them;
 * everything else goes on to Next. Their names hold their content's hash, so browsers keep them.
 */
export const serveBuildFiles = (staticDir: string, next: NextHandler): NextHandler => {
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
