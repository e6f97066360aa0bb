// Classes 08 (connection) and 57P (shutdown) of PostgreSQL.
const LOST_SQLSTATE = /^(08\w{3}|57P\w{2})$/;

/**
 * Whether what the driver threw means that the connection ended, so that the answer to what was sent will never come.
 * Everything else is the server's own answer, and says that it was not done.
 */
export const isConnectionLost = (error: unknown): boolean => {
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  // Only the server's own errors have a severity; its word depends on the server's language.
  return typeof severity !== "string" || (typeof code === "string" && LOST_SQLSTATE.test(code));
};
