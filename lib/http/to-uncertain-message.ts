import type { Operation } from "#lib/http/operation";

/**
 * What to tell whoever asked for a change that may have been saved and may not: how to find out, and how to repeat it
 * without doing it twice.
 */
export const toUncertainMessage = (operation: Operation | undefined): string => {
  if (operation?.method === "GET") return "The database cannot be reached right now; try again in a few seconds.";
  const address = operation && `GET ${operation.shownAt ?? toListAddress(operation.path)}`;
  if (!address) return UNKNOWN;
  if (operation.isOpen) return DONE_ONCE;
  if (operation.isRepeatable) return HARMLESS;
  return operation.isIdempotent ? toKeyedMessage(address) : toLookMessage(address);
};

// Each of these is whole, because the console tells it in other words.
const UNKNOWN = "The database did not answer, and it is not known whether this was saved. Look before you repeat it.";
const DONE_ONCE =
  "The database did not answer, and it is not known whether this was saved. Send it again: what was done already is not done twice.";
const HARMLESS =
  "The database did not answer, and it is not known whether this was saved. Send it again: doing it twice does no harm.";

function toLookMessage(address: string): string {
  return `The database did not answer, and it is not known whether this was saved. Look at ${address} before you repeat it.`;
}

function toKeyedMessage(address: string): string {
  return `The database did not answer, and it is not known whether this was saved. Look at ${address} before you repeat it; a request with an Idempotency-Key can be repeated as it is, and is not done twice.`;
}

// Where what the operation changes is listed: its path as far as the first id or action.
function toListAddress(path: string): string {
  return `/${path.split("/").slice(1, 3).join("/")}`;
}
