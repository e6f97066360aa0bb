// Classes 08 (connection), 53 (resources) and 57P (shutdown) of PostgreSQL, the socket's errors, and Prisma's names for them.
const UNAVAILABLE_CODE =
  /^(08\w{3}|53\w{3}|57P0\d|57014|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|P1001|P1002|P1008|P1017|P2024|P2028|P2037)$/;
const UNAVAILABLE_MESSAGE =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error|PGlite is clos/;

/** Whether an error, or what caused it, means that the database cannot be asked right now. */
export const isDatabaseUnavailable = (error: unknown): boolean => {
  for (let cause = error, depth = 0; cause instanceof Object && depth < 6; depth++) {
    const { code, originalCode, message } = cause as { code?: unknown; originalCode?: unknown; message?: unknown };
    if ([code, originalCode].some((value) => typeof value === "string" && UNAVAILABLE_CODE.test(value))) return true;
    if (typeof message === "string" && UNAVAILABLE_MESSAGE.test(message)) return true;
    cause = (cause as { cause?: unknown }).cause;
  }
  return false;
};
