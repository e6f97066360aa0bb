import type { IncomingMessage, ServerResponse } from "node:http";
import { format } from "node:util";
import { log } from "#lib/log";
import { routePattern } from "#lib/server/fast-lane";

/** What is known about a request once it was answered. */
export type Answered = {
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  /** The pattern of the route that answered, when the front door knows it. */
  pattern?: string;
  requestId?: string | undefined;
  address: string;
  startedAt: number;
};

/** Writes the access log's line for a request; never its query, and of its path only what cannot be a secret. */
export const logRequest = (answered: Answered): void => {
  const { request, response, path, pattern, requestId, address, startedAt } = answered;
  const id = requestId ?? response.getHeader("x-request-id");
  log("info", "Answered", {
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
 * Sends what Next and other libraries print through the log from now on, so that it too comes as JSON lines
 * and is searched for secrets first.
 */
export const logConsole = (): void => {
  for (const [method, level] of Object.entries(LEVELS)) {
    Object.assign(console, { [method]: (...printed: unknown[]) => log(level, format(...printed)) });
  }
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log("debug", `${warning.name}: ${warning.message}`));
};
