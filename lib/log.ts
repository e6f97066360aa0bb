import { pino } from "pino";
import { settings } from "#lib/env";

/** The only fields that a log line can have; anything else is dropped before it is written. */
export type LogFields = {
  requestId?: string;
  method?: string;
  route?: string;
  status?: number;
  milliseconds?: number;
  address?: string;
  keyId?: string;
  userId?: string;
  errorName?: string;
  errorMessage?: string;
  stack?: string;
};

const ALLOWED = [
  "requestId",
  "method",
  "route",
  "status",
  "milliseconds",
  "address",
  "keyId",
  "userId",
  "errorName",
  "errorMessage",
  "stack",
] as const satisfies readonly (keyof LogFields)[];

/** Writes one JSON line of allowed fields, from which anything shaped like a key has been removed. */
export const log = (level: "debug" | "info" | "warn" | "error", message: string, fields: LogFields = {}): void => {
  const line: Record<string, unknown> = {};
  for (const name of ALLOWED) {
    const value = fields[name];
    if (value !== undefined) line[name] = typeof value === "string" ? scrub(value) : value;
  }
  logger()[level](line, scrub(message));
};

/** The allowed fields that describe an error, its causes included. */
export const toLogFields = (error: unknown): LogFields => {
  if (!(error instanceof Error)) return { errorMessage: String(error) };
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < 5; cause = cause.cause) {
    causes.push(`${cause.name}: ${cause.message}`);
  }
  return {
    errorName: error.name,
    errorMessage: [error.message, ...causes].join(" ← "),
    ...(error.stack && { stack: error.stack }),
  };
};

/** The text without anything shaped like a key, whatever its checksum. */
export const scrub = (text: string): string => text.replaceAll(/boring_[0-9A-Za-z_]{36}/g, "boring_[removed]");

function logger(): ReturnType<typeof pino> {
  const shared = globalThis as { boringLogger?: ReturnType<typeof pino> };
  shared.boringLogger ??= pino({ base: null, level: settings().logLevel, timestamp: pino.stdTimeFunctions.isoTime });
  return shared.boringLogger;
}
