import SonicBoom from "sonic-boom";
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

const LEVELS = ["debug", "info", "warn", "error", "silent"];

/**
 * Writes one JSON line of allowed fields, from which anything shaped like a key has been removed: an error at once,
 * anything else within a tenth of a second and before the process ends, unless it is killed.
 */
export const log = (level: "debug" | "info" | "warn" | "error", message: string, fields: LogFields = {}): void => {
  const output = openOutput();
  if (LEVELS.indexOf(level) < output.threshold) return;
  const line = { time: new Date().toISOString(), level, message, ...toAllowed(fields) };
  output.waiting += `${scrub(JSON.stringify(line))}\n`;
  if (level === "error" || output.waiting.length > WAITING_CHARACTERS) flush(output);
  else output.timer ??= setTimeout(flush, FLUSH_MILLISECONDS, output).unref();
};

// One by one: a list of names beside the object would make writing it several times as dear.
function toAllowed(fields: LogFields): Record<keyof LogFields, string | number | undefined> {
  return {
    requestId: fields.requestId,
    method: fields.method,
    route: fields.route,
    status: fields.status,
    milliseconds: fields.milliseconds,
    address: fields.address,
    keyId: fields.keyId,
    userId: fields.userId,
    errorName: fields.errorName,
    errorMessage: fields.errorMessage,
    stack: fields.stack,
  };
}

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

type Output = {
  threshold: number;
  waiting: string;
  timer: NodeJS.Timeout | undefined;
  stdout: InstanceType<typeof SonicBoom>;
};

const FLUSH_MILLISECONDS = 100;
const WAITING_CHARACTERS = 16_384;

// Next compiles its own copy of this module; both must write in one order.
function openOutput(): Output {
  const shared = globalThis as { boringLogOutput?: Output };
  shared.boringLogOutput ??= createOutput();
  return shared.boringLogOutput;
}

// A write for each line would be the dearest part of answering a request, so lines leave together.
function createOutput(): Output {
  const stdout = new SonicBoom({ fd: 1, sync: true });
  const output = { threshold: LEVELS.indexOf(settings().logLevel), waiting: "", timer: undefined, stdout };
  process.once("exit", () => flush(output));
  return output;
}

function flush(output: Output): void {
  clearTimeout(output.timer);
  output.timer = undefined;
  output.stdout.write(output.waiting);
  output.waiting = "";
}
