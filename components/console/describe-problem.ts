import type { Problem } from "#components/console/call-api";
import { fill, type Messages } from "#lib/i18n/schema";

/** The messages that describe a problem. */
export type ProblemText = Pick<Messages, "problem">;

/** What happened and what to do about it, in the reader's language. The server's sentences already are in it. */
export const describeProblem = (problem: Problem, text: ProblemText): string => {
  if (problem.kind !== "refused") return text.problem[problem.kind];
  return problem.message || fill(text.problem.unexpected, { status: problem.status });
};

/** The server's message about a field. */
export const describeField = (problem: Problem | undefined, field: string): string | undefined =>
  problem?.kind === "refused" ? problem.fields[field]?.[0] : undefined;
