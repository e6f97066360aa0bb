import { AsyncLocalStorage } from "node:async_hooks";

type Watch = { isCommitted: boolean };

const watches = new AsyncLocalStorage<Watch>();

/** Reports a commit to the `watchCommits` call around it. */
export const noteCommit = (): void => {
  const watch = watches.getStore();
  if (watch) watch.isCommitted = true;
};

/** Runs a function and records whether anything was committed during it, even when it throws. */
export const watchCommits = <Result>(watch: Watch, run: () => Promise<Result>): Promise<Result> =>
  watches.run(watch, run);

/** The database at DATABASE_URL cannot be used. The message is for the operator and contains no password. */
export class DatabaseUnreachableError extends Error {
  override name = "DatabaseUnreachableError";
}

/**
 * A change was sent to the database, and the connection broke before the answer. The change may or may not be committed. A
 * caller who retries must be able to tell the two apart.
 */
export class UncertainCommitError extends Error {
  override name = "UncertainCommitError";

  constructor(options?: { cause?: unknown }) {
    super("The connection to the database broke before it said whether the change was saved.", options);
  }
}

// Classes 08 (connection) and 57P (shutdown) of PostgreSQL.
const LOST_SQLSTATE = /^(08\w{3}|57P\w{2})$/;

/**
 * Whether a driver error means that the connection ended, so that the answer will never arrive. Any other error is the
 * server's own answer and means that the statement failed.
 */
export const isConnectionLost = (error: unknown): boolean => {
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  // Only the server's own errors have a severity. Its wording depends on the server's language.
  return typeof severity !== "string" || (typeof code === "string" && LOST_SQLSTATE.test(code));
};

// PostgreSQL classes 08 (connection), 53 (resources) and 57 (intervention), a read-only server (25006), repeated collisions
// (40001, 40P01) and lock timeouts (55P03). Then socket errors, and Prisma's codes for all of these.
const UNAVAILABLE_CODE =
  /^(08\w{3}|53\w{3}|57P\w{2}|57014|25006|40001|40P01|55P03|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|P1001|P1002|P1008|P1017|P1018|P2024|P2028|P2034|P2037)$/;
const UNAVAILABLE_KIND =
  /^(ConnectionClosed|SocketTimeout|DatabaseNotReachable|TooManyConnections|TransactionWriteConflict|TransactionAlreadyClosed)$/;
const UNAVAILABLE_MESSAGE =
  /timeout exceeded when trying to connect|timeout expired|Connection terminated|Query read timeout|Client has encountered a connection error|Client was closed|PGlite is clos/;

/** Whether an error, or one of its causes, means that the database is unreachable or unable to do the work right now. */
export const isDatabaseUnavailable = (error: unknown, depth = 0): boolean => {
  if (!(error instanceof Object) || depth > 6) return false;
  const { code, originalCode, kind, message, cause, meta } = error as Record<string, unknown>;
  if ([code, originalCode].some((value) => typeof value === "string" && UNAVAILABLE_CODE.test(value))) return true;
  if (typeof kind === "string" && UNAVAILABLE_KIND.test(kind)) return true;
  if (typeof message === "string" && UNAVAILABLE_MESSAGE.test(message)) return true;
  // Prisma puts the driver's error into `meta`, not into `cause`.
  const { driverAdapterError } = (meta ?? {}) as { driverAdapterError?: unknown };
  return isDatabaseUnavailable(cause, depth + 1) || isDatabaseUnavailable(driverAdapterError, depth + 1);
};
