// Of PostgreSQL: classes 08 (connection), 53 (resources) and 57 (intervention), a server that only reads (25006), what
// collided with others too often (40001, 40P01), and what others held for too long (55P03). Then the socket's errors, and
// Prisma's names for all of these.
const UNAVAILABLE_CODE =
  /^(08\w{3}|53\w{3}|57P\w{2}|57014|25006|40001|40P01|55P03|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|P1001|P1002|P1008|P1017|P1018|P2024|P2028|P2034|P2037)$/;
const UNAVAILABLE_KIND =
  /^(ConnectionClosed|SocketTimeout|DatabaseNotReachable|TooManyConnections|TransactionWriteConflict|TransactionAlreadyClosed)$/;
const UNAVAILABLE_MESSAGE =
  /timeout exceeded when trying to connect|timeout expired|Connection terminated|Query read timeout|Client has encountered a connection error|Client was closed|PGlite is clos/;

/** Whether an error, or what caused it, means that the database cannot be asked, or cannot do it, right now. */
export const isDatabaseUnavailable = (error: unknown, depth = 0): boolean => {
  if (!(error instanceof Object) || depth > 6) return false;
  const { code, originalCode, kind, message, cause, meta } = error as Record<string, unknown>;
  if ([code, originalCode].some((value) => typeof value === "string" && UNAVAILABLE_CODE.test(value))) return true;
  if (typeof kind === "string" && UNAVAILABLE_KIND.test(kind)) return true;
  if (typeof message === "string" && UNAVAILABLE_MESSAGE.test(message)) return true;
  // Prisma puts what the driver threw into `meta`, not into `cause`.
  const { driverAdapterError } = (meta ?? {}) as { driverAdapterError?: unknown };
  return isDatabaseUnavailable(cause, depth + 1) || isDatabaseUnavailable(driverAdapterError, depth + 1);
};
