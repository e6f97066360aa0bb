import { settings } from "#lib/env";
import { SECRETS_IN_TEXT } from "#lib/keys/shape";
import { processState } from "#lib/process-state";

/** The only fields that a log line can have. Any other field is dropped. */
type LogFields = {
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
  lost?: number;
};

const LEVELS = ["debug", "info", "warn", "error", "silent"];

/**
 * Writes one JSON line of allowed fields, with everything shaped like a key removed. Errors are written at once, other lines
 * within a tenth of a second and before the process exits, unless it is killed.
 */
export const log = (level: "debug" | "info" | "warn" | "error", message: string, fields: LogFields = {}): void => {
  const output = openOutput();
  if (LEVELS.indexOf(level) < output.threshold) return;
  const line = { time: new Date().toISOString(), level, message, ...toAllowed(fields) };
  output.waiting += `${scrub(JSON.stringify(line))}\n`;
  output.lines++;
  if (level === "error" || output.waiting.length > WAITING_CHARACTERS) flush(output);
  else output.timer ??= setTimeout(flush, FLUSH_MILLISECONDS, output).unref();
};

// Field by field, because a loop over a list of names would make a log line several times as expensive.
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
    lost: fields.lost,
  };
}

/** The log fields that describe an error, including its causes. */
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

/** The text without anything shaped like a key, whether or not its checksum is right. */
export const scrub = (text: string): string => text.replaceAll(SECRETS_IN_TEXT, "boring_[removed]");

type Output = {
  threshold: number;
  waiting: string;
  lines: number;
  timer: NodeJS.Timeout | undefined;
  /** The number of dropped lines. */
  lost: number;
};

const FLUSH_MILLISECONDS = 100;
const WAITING_CHARACTERS = 16_384;
const MAX_UNREAD_BYTES = 1_048_576;

declare module "#lib/process-state" {
  interface ProcessState {
    logOutput?: Output;
  }
}

function openOutput(): Output {
  processState.logOutput ??= createOutput();
  return processState.logOutput;
}

function createOutput(): Output {
  const threshold = LEVELS.indexOf(settings().logLevel);
  const output: Output = { threshold, waiting: "", lines: 0, timer: undefined, lost: 0 };
  process.once("exit", () => flush(output));
  // The process that reads the log may end first. Without a listener, the error would end this process as well.
  process.stdout.on("error", () => {});
  return output;
}

// A write for each line would be the most expensive part of a request, so lines are written together. A slow reader delays
// nothing: beyond the buffer's limit, lines are dropped and counted.
function flush(output: Output): void {
  clearTimeout(output.timer);
  output.timer = undefined;
  const { waiting, lines, lost } = output;
  if (lines === 0 && lost === 0) return;
  Object.assign(output, { waiting: "", lines: 0 });
  if (process.stdout.writableLength > MAX_UNREAD_BYTES) {
    output.lost += lines;
    return;
  }
  output.lost = 0;
  process.stdout.write(lost > 0 ? tellOfLoss(lost) + waiting : waiting, (error) => {
    if (error) output.lost += lost + lines;
  });
}

// Starts a new line, even if the last one broke off in the middle.
function tellOfLoss(lost: number): string {
  const line = { time: new Date().toISOString(), level: "warn", message: "Lines of this log were lost", lost };
  return `\n${JSON.stringify(line)}\n`;
}
