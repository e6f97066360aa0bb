import type { Problem } from "#components/console/call-api";
import { fill, type Messages } from "#lib/i18n/schema";

// Where a program is told to look; a person looks at the page.
const ADDRESS = /GET (?:\/[\w{}-]+)+/;

/** The part of the messages in which a problem can be told. */
export type ProblemText = Pick<Messages, "problem" | "sentences">;

/** What happened and what to do about it, in the reader's language. */
export const describeProblem = (problem: Problem, text: ProblemText): string => {
  if (problem.kind !== "refused") return text.problem[problem.kind];
  const { message, status } = problem;
  return message ? toOwnWords(message, text) : fill(text.problem.unexpected, { status });
};

/** What the API says about a field, in the reader's language. */
export const describeField = (problem: Problem | undefined, field: string, text: ProblemText): string | undefined => {
  const [message] = (problem?.kind === "refused" && problem.fields[field]) || [];
  return message && toOwnWords(message, text);
};

/**
 * A sentence of the API in the reader's language. Its sentences are part of its contract, and therefore the names under
 * which they are translated.
 */
export function toOwnWords(message: string, { sentences }: Pick<ProblemText, "sentences">): string {
  const [character = ""] = /U\+[0-9A-F]{4,6}/.exec(message) ?? [];
  const name = character ? message.replace(character, "{character}") : message.replace(ADDRESS, "{address}");
  return Object.hasOwn(sentences, name) ? fill(sentences[name as keyof typeof sentences], { character }) : message;
}
