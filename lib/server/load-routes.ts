import { globSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { RouteHandler } from "#lib/http/route";

const APP_DIR = path.resolve(import.meta.dirname, "../../app");

// Where else a route is found (RFC 9116 §3).
const ALSO_AT: Record<string, string> = { "/security.txt": "/.well-known/security.txt" };

type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** The handlers of a route file, one for every method. */
export type RouteModule = Record<Method, RouteHandler>;

/** A route that answers a path, what the log calls it, and the parameters in the path. */
export type Route = { pattern: string; module: RouteModule; params: Record<string, string> };

/** The route that answers a path. Undefined when the path is a page's, or nothing's. */
export type FindRoute = (path: string) => Route | undefined;

/** Loads every `route.ts` under `app/`. As with Next's pages, the folders are the addresses. */
export const loadRoutes = async (): Promise<FindRoute> => {
  const files = globSync("**/route.ts", { cwd: APP_DIR });
  const load = async (file: string): Promise<[folders: string[], module: RouteModule]> => [
    file.split(path.sep).slice(0, -1),
    await import(pathToFileURL(path.join(APP_DIR, file)).href),
  ];
  return routeFinder(await Promise.all(files.map(load)));
};

type Segment = { rank: "fixed" | "one" | "rest" | "rest or nothing"; text: string };
type Dynamic = { order: string; expression: RegExp; pattern: string | undefined; module: RouteModule };

/** Finds a route as Next would choose it: a fixed segment goes before a parameter, and that before the rest of a path. */
export const routeFinder = (files: [folders: string[], module: RouteModule][]): FindRoute => {
  const fixed = new Map<string, Route>();
  const dynamic: Dynamic[] = [];
  for (const [folders, module] of files) {
    const segments = folders.filter((folder) => !folder.startsWith("(")).map(toSegment);
    const pattern = segments.map(({ rank, text }) => (rank === "fixed" ? `/${text}` : `/{${text}}`)).join("");
    if (segments.some(({ rank }) => rank !== "fixed")) dynamic.push(toDynamic(segments, pattern, module));
    else {
      const route = { pattern, module, params: {} };
      fixed.set(pattern, route).set(ALSO_AT[pattern] ?? pattern, route);
    }
  }
  dynamic.sort((one, other) => (one.order < other.order ? -1 : 1));
  return (asked) => fixed.get(asked) ?? findDynamic(dynamic, asked);
};

function toSegment(folder: string): Segment {
  const [, open = "", dots, name = ""] = /^(\[{1,2})(\.{3})?(\w+)\]{1,2}$/.exec(folder) ?? [];
  if (!open) return { rank: "fixed", text: folder };
  if (!dots) return { rank: "one", text: name };
  return { rank: open === "[[" ? "rest or nothing" : "rest", text: name };
}

const RANKS = ["fixed", "one", "rest", "rest or nothing"];

function toDynamic(segments: Segment[], pattern: string, module: RouteModule): Dynamic {
  const source = segments.map(({ rank, text }) => {
    if (rank === "fixed") return `/${text.replaceAll(".", "\\.")}`;
    if (rank === "one") return `/(?<${text}>[^/]+)`;
    return rank === "rest" ? "/.+" : "(?:/.*)?";
  });
  return {
    order: segments.map(({ rank }) => RANKS.indexOf(rank)).join(""),
    expression: new RegExp(`^${source.join("")}$`),
    // A route for the rest of a path has addresses of its own, which the log tells apart.
    pattern: segments.at(-1)?.rank === "rest" ? undefined : pattern,
    module,
  };
}

function findDynamic(dynamic: Dynamic[], asked: string): Route | undefined {
  for (const { expression, pattern = routePattern(asked), module } of dynamic) {
    const found = expression.exec(asked);
    if (!found) continue;
    const params = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
    return { pattern, module, params: Object.fromEntries(params) };
  }
  return undefined;
}

/** A path for the log that keeps only segments that look like words. Ids and possible secrets are left out. */
export const routePattern = (asked: string): string => {
  if (asked.startsWith("/_next/")) return "/_next/{path}";
  return asked.replace(/[^/]+/g, (segment) => (/^(?:v\d|[a-z][a-z.-]{0,23})$/.test(segment) ? segment : "{…}"));
};
