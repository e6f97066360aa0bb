import type { Locale } from "#lib/i18n/schema";
import { CATALOGUE } from "#lib/problems/catalogue";
import type { Problem, ProblemParams } from "#lib/problems/problem";
import { tellProblem, toEnglish } from "#lib/problems/tell-problem";

/** What is kept of a problem: the API's sentence, and for every other language the code and its values as JSON. */
export type StoredProblem = { sentence: string; json: string };

/** A problem as a row keeps it. Values may be quoted from anywhere, and PostgreSQL stores neither NUL nor half a character. */
export const storeProblem = (problem: Problem): StoredProblem => ({
  sentence: clean(toEnglish(problem)),
  json: JSON.stringify(problem, (_, value) => (typeof value === "string" ? clean(value) : value)),
});

/** The stored problem in the reader's language, and in the API's words for everybody else and where no code was kept. */
export const tellStored = (stored: unknown, sentence: string, locale: Locale | undefined): string =>
  locale && isProblem(stored) ? tellProblem(stored, locale) : sentence;

function clean(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

// A later version may have kept what this one does not know yet.
function isProblem(stored: unknown): stored is Problem {
  const { code = "", params }: { code?: string; params?: ProblemParams } = Object(stored);
  return Object.hasOwn(CATALOGUE, code) && typeof params === "object";
}
