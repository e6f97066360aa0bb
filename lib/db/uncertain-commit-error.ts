/**
 * A change was sent to the database and the connection broke before it said whether it was committed. Nobody here knows:
 * it may be there, and it may not. Whoever repeats it must be able to tell the two apart.
 */
export class UncertainCommitError extends Error {
  override name = "UncertainCommitError";

  constructor(options?: { cause?: unknown }) {
    super("The connection to the database broke before it said whether the change was saved.", options);
  }

  // Next compiles a copy of this file for itself, and what one copy throws is caught by the other.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Object && (value as { name?: unknown }).name === "UncertainCommitError";
  }
}
