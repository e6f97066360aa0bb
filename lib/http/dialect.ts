import type { ApiError, FieldErrors } from "#lib/errors";
import type { Locale } from "#lib/i18n/schema";
import type { Problem } from "#lib/problems/problem";
import { tellProblem, toEnglish } from "#lib/problems/tell-problem";

/** How an error looks: `error` for callers with `boring-api-key` or no credential, `detail` for `Authorization`. */
export type Dialect = "error" | "detail";

/** The dialect of the header that the credential came in. */
export const dialectOf = (headers: Headers): Dialect =>
  headers.has("authorization") && !headers.has("boring-api-key") ? "detail" : "error";

/** The body of an error answer in a dialect. */
export const toErrorBody = (error: ApiError, dialect: Dialect): Record<string, unknown> => {
  const fields = error.fields && toSentences(error.fields, toEnglish);
  if (dialect === "detail") return fields ?? { detail: error.detail ?? error.message, ...error.members };
  return { error: error.code, message: error.message, ...error.members, ...(fields && { fields }) };
};

/** The body of an error answer to the console's own pages, in their reader's language. */
export const toOwnBody = ({ code, problem, members, fields }: ApiError, locale: Locale): Record<string, unknown> => {
  const tell = (one: Problem) => tellProblem(one, locale);
  return { error: code, message: tell(problem), ...members, ...(fields && { fields: toSentences(fields, tell) }) };
};

// A caller names the fields, so they may be called `__proto__`: only entries keep them.
function toSentences(fields: FieldErrors, tell: (problem: Problem) => string): Record<string, string[]> {
  return Object.fromEntries(Object.entries(fields).map(([path, problems]) => [path, problems.map(tell)]));
}
