import type { Operation } from "#lib/http/operation";
import { type Problem, say } from "#lib/problems/problem";

/**
 * What is wrong for whoever asked for a change that may have been saved and may not: how to find out, and how to repeat it
 * without doing it twice.
 */
export const toUncertainProblem = (operation: Operation | undefined): Problem => {
  if (!operation) return say("uncertain_look");
  if (operation.method === "GET") return say("database_away_reading");
  if (operation.isOpen) return say("uncertain_repeatable");
  if (operation.isRepeatable) return say("uncertain_harmless");
  const address = `GET ${operation.shownAt ?? toListAddress(operation.path)}`;
  return say(operation.isIdempotent ? "uncertain_idempotent" : "uncertain_look_at", { address });
};

// Where what the operation changes is listed: its path as far as the first id or action.
function toListAddress(path: string): string {
  return `/${path.split("/").slice(1, 3).join("/")}`;
}
