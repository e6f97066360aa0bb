import type { Operation } from "#lib/http/operation";

/**
 * What to tell whoever asked for a change that may have been saved and may not: how to find out, and how to repeat it
 * without doing it twice.
 */
export const toUncertainMessage = (operation: Operation | undefined): string => {
  const said = "The database did not answer, and it is not known whether this was saved.";
  if (!operation) return `${said} Look before you repeat it.`;
  if (operation.method === "GET") return "The database cannot be reached right now; try again in a few seconds.";
  if (operation.isOpen) return `${said} Send it again: what was done already is not done twice.`;
  const look = `Look at ${toListAddress(operation.path)} before you repeat it`;
  if (!operation.isIdempotent) return `${said} ${look}.`;
  return `${said} ${look}; a request with an Idempotency-Key can be repeated as it is, and is not done twice.`;
};

// Where what the operation changes is listed: its path as far as the first id or action.
function toListAddress(path: string): string {
  return `GET /${path.split("/").slice(1, 3).join("/")}`;
}
