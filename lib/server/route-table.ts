import * as healthz from "#app/healthz/route";
import * as openApi from "#app/openapi.json/route";
import * as readyz from "#app/readyz/route";
import * as nothing from "#app/v2/[[...path]]/route";
import * as accounts from "#app/v2/accounts/route";
import * as revoke from "#app/v2/keys/revoke/route";
import * as me from "#app/v2/me/route";
import * as retry from "#app/v2/posts/[postId]/retry/route";
import * as post from "#app/v2/posts/[postId]/route";
import * as posts from "#app/v2/posts/route";
import * as github from "#app/v2/secret-scanning/github/route";
import type { RouteHandler } from "#lib/http/operation";

type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** A route file that the front door calls itself, and what of the path it is given. */
export type Route = { pattern: string; module: Record<Method, RouteHandler>; params: Record<string, string> };

const NO_PARAMS = {};
const FIXED = new Map<string, Route>(
  Object.entries({
    "/healthz": healthz,
    "/readyz": readyz,
    "/openapi.json": openApi,
    "/v2/me": me,
    "/v2/accounts": accounts,
    "/v2/posts": posts,
    "/v2/keys/revoke": revoke,
    "/v2/secret-scanning/github": github,
  }).map(([pattern, module]) => [pattern, { pattern, module, params: NO_PARAMS }]),
);

const WITH_ID = [
  { prefix: "/v2/posts/", name: "postId", suffix: "/retry", module: retry },
  { prefix: "/v2/posts/", name: "postId", suffix: "", module: post },
];

const NOTHING: Route = { pattern: "/v2/{path}", module: nothing, params: NO_PARAMS };

/** The route file for a path, chosen as Next would choose it; undefined when the path is Next's to answer. */
export const findRoute = (path: string): Route | undefined => {
  const fixed = FIXED.get(path);
  if (fixed) return fixed;
  if (!path.startsWith("/v2/")) return path === "/v2" ? NOTHING : undefined;
  for (const { prefix, name, suffix, module } of WITH_ID) {
    if (!path.startsWith(prefix) || !path.endsWith(suffix)) continue;
    const id = path.slice(prefix.length, path.length - suffix.length);
    if (id && !id.includes("/")) {
      return { pattern: `${prefix}{${name}}${suffix}`, module, params: { [name]: decodeURIComponent(id) } };
    }
  }
  return NOTHING;
};
