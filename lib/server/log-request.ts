import type { IncomingMessage, ServerResponse } from "node:http";
import { format } from "node:util";
import { log } from "#lib/log";
import { routePattern } from "#lib/server/load-routes";

/** What is known about a request after it was answered. */
export type Answered = {
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  /** The pattern of the route that answered, when known. */
  pattern?: string;
  requestId?: string | undefined;
  address: string;
  startedAt: number;
};

/** Writes the access log line for a request. It leaves out the query and every path segment that could be a secret. */
export const logRequest = (answered: Answered): void => {
  const { request, response, path, pattern, requestId, address, startedAt } = answered;
  const id = requestId ?? response.getHeader("x-request-id");
  log("info", "Request answered", {
    ...(id !== undefined && { requestId: String(id) }),
    method: request.method ?? "",
    route: pattern ?? routePattern(path),
    status: response.statusCode,
    milliseconds: Math.round((performance.now() - startedAt) * 10) / 10,
    address,
  });
};

const LEVELS = { debug: "debug", log: "debug", info: "debug", warn: "warn", error: "error" } as const;

/**
 * Redirects the output of Next and other libraries into the log, so that it also becomes JSON lines and is scanned for
 * secrets.
 */
export const logConsole = (): void => {
  for (const [method, level] of Object.entries(LEVELS)) {
    Object.assign(console, { [method]: (...printed: unknown[]) => log(level, format(...printed)) });
  }
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log("debug", `${warning.name}: ${warning.message}`));
};
