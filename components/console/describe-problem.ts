import type { Problem } from "#components/console/call-api";
import { fill, type Messages } from "#lib/i18n/schema";

/** The part of the messages in which a problem can be told. */
export type ProblemText = Pick<Messages, "problem">;

/** What happened and what to do about it, in the reader's language, which is that of the server's sentences. */
export const describeProblem = (problem: Problem, text: ProblemText): string => {
  if (problem.kind !== "refused") return text.problem[problem.kind];
  return problem.message || fill(text.problem.unexpected, { status: problem.status });
};

/** What the server says about a field. */
export const describeField = (problem: Problem | undefined, field: string): string | undefined =>
  problem?.kind === "refused" ? problem.fields[field]?.[0] : undefined;
