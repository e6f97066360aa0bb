/** The database at DATABASE_URL cannot be used. The message is for the operator and holds no password. */
export class DatabaseUnreachableError extends Error {
  override name = "DatabaseUnreachableError";
}
