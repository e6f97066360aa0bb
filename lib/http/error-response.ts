import type { z } from "zod";
import { isDatabaseUnavailable, UncertainCommitError } from "#lib/db/database-errors";
import { ApiError, type ErrorName, type FieldErrors } from "#lib/errors";
import { jsonResponse } from "#lib/http/json-response";
import type { Operation } from "#lib/http/operation";
import type { RequestHeaders, RouteAnswer } from "#lib/http/route";
import type { Locale } from "#lib/i18n/schema";
import { type AuthErrorReason, KeyRefusedError } from "#lib/keys/verify-secret";
import { log, toLogFields } from "#lib/log";
import { type Problem, readRule, say } from "#lib/problems/problem";
import { tellProblem, toEnglish } from "#lib/problems/tell-problem";

const UNAVAILABLE = say("database_away");

/** The operation that ran, and whether any of its changes are known to be committed. */
export type OperationProgress = { operation: Operation; isCommitted: boolean };

/** What was running, and the language of the console page that sent the request, if one did. */
type Circumstances = { progress?: OperationProgress; locale?: Locale | undefined };

/** The answer to any thrown error. An error meant for the caller is shown as it is; any other is logged and generalised. */
export const errorResponse = (
  thrown: unknown,
  dialect: Dialect,
  requestId: string,
  headers: Record<string, string> = {},
  { progress, locale }: Circumstances = {},
): RouteAnswer => {
  const error = toApiError(thrown, dialect, progress);
  // A network's refusal is reported to the caller who posted. It is not a failure of this server.
  if (error.status >= 500 && error.status !== 502) {
    log("error", "A request failed", { requestId, status: error.status, ...toLogFields(thrown) });
  }
  return jsonResponse(error.status, locale ? toOwnBody(error, locale) : toErrorBody(error, dialect), requestId, {
    ...error.headers,
    ...headers,
  });
};

function toApiError(thrown: unknown, dialect: Dialect, progress: OperationProgress | undefined): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof KeyRefusedError) return toUnauthorizedError(thrown.reason, dialect);
  const isUncertain = thrown instanceof UncertainCommitError;
  if (isUncertain || isDatabaseUnavailable(thrown)) {
    const message = isUncertain || progress?.isCommitted ? toUncertainProblem(progress?.operation) : UNAVAILABLE;
    return new ApiError("ServiceUnavailable", message, { headers: { "Retry-After": "5" }, cause: thrown });
  }
  const message = say("fault_logged");
  return new ApiError("InternalServerError", message, { cause: thrown });
}

/** How an error looks: `error` for callers with `boring-api-key` or no credential, `detail` for `Authorization`. */
type Dialect = "error" | "detail";

/** The dialect that belongs to the header that carried the credential. */
export const dialectOf = (headers: RequestHeaders): Dialect =>
  headers.has("authorization") && !headers.has("boring-api-key") ? "detail" : "error";

/** The body of an error answer in a dialect. */
export const toErrorBody = (error: ApiError, dialect: Dialect): Record<string, unknown> => {
  const fields = error.fields && toSentences(error.fields, toEnglish);
  if (dialect === "detail") return fields ?? { detail: error.detail ?? error.message, ...error.members };
  return { error: error.code, message: error.message, ...error.members, ...(fields && { fields }) };
};

/** The body of an error answer for the console's own pages, in the reader's language. */
export const toOwnBody = ({ code, problem, members, fields }: ApiError, locale: Locale): Record<string, unknown> => {
  const tell = (one: Problem) => tellProblem(one, locale);
  return { error: code, message: tell(problem), ...members, ...(fields && { fields: toSentences(fields, tell) }) };
};

// The caller chooses the field names, and one may be `__proto__`. Only entries keep such a name.
function toSentences(fields: FieldErrors, tell: (problem: Problem) => string): Record<string, string[]> {
  return Object.fromEntries(Object.entries(fields).map(([path, problems]) => [path, problems.map(tell)]));
}

const NOT_PROVIDED = "Authentication credentials were not provided.";
const INVALID_FORMAT = "Invalid API key format.";
const WELL_FORMED: readonly AuthErrorReason[] = [
  "missing",
  "unknown",
  "deleted",
  "disabled",
  "expired",
  "wrong_environment",
];

/**
 * The same 401 for every reason, in one dialect. The reason appears only in a header (RFC 9110 §11.6.1 requires the
 * challenge).
 */
const toUnauthorizedError = (reason: AuthErrorReason, dialect: Dialect): ApiError =>
  new ApiError("Unauthorized", say("key_invalid"), {
    ...(dialect === "detail" && { detail: WELL_FORMED.includes(reason) ? NOT_PROVIDED : INVALID_FORMAT }),
    headers: { "WWW-Authenticate": 'Api-Key realm="boring"', "X-Auth-Error": reason },
  });

type Issue = z.core.$ZodIssue;

/** Parameters with which a schema's own rule sets the error's name and adds members to it. */
type RuleParams = { code: ErrorName; members?: Record<string, string | number> };

/** The 400 for input that a schema refused. It names every field by its dotted path, with the rule that it broke. */
export const toInputError = (issues: Issue[]): ApiError => {
  // A caller who sends a thousand faults sees only the first of them.
  const fields = toFields(issues.slice(0, MAX_NAMED).flatMap(toFieldProblems).slice(0, MAX_NAMED));
  const first = issues.find((issue) => ruleOf(issue)) ?? issues[0];
  const rule = first && ruleOf(first);
  const [path = "body", problem = REQUIRED] = first ? (toFieldProblems(first)[0] ?? []) : [];
  if (rule) return new ApiError(rule.code, problem, { fields, members: rule.members ?? {} });
  if (problem === REQUIRED) return new ApiError("MissingParameter", say("field_missing", { path }), { fields });
  return new ApiError("InvalidRequest", problem, { at: path, fields });
};

const MAX_NAMED = 50;
const MAX_PATH_CHARACTERS = 200;
const REQUIRED = say("field_required");

// The caller chooses the field names, and one may be `__proto__` or `toString`. A plain object would not keep them.
function toFields(problems: [path: string, problem: Problem][]): FieldErrors {
  const fields = Map.groupBy(problems, ([path]) => path);
  return Object.fromEntries([...fields].map(([path, entries]) => [path, entries.map(([, problem]) => problem)]));
}

function toFieldProblems(issue: Issue): [path: string, problem: Problem][] {
  if (issue.code === "invalid_union") return toUnionMessages(issue);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.slice(0, MAX_NAMED).map((key) => [toPath([...issue.path, key]), say("field_unknown")]);
  }
  return [[toPath(issue.path), toProblem(issue)]];
}

// In a union, the intended shape is the one whose outermost type fits.
function toUnionMessages(issue: z.core.$ZodIssueInvalidUnion): [path: string, problem: Problem][] {
  const isTypeIssue = (inner: Issue | undefined) => inner?.code === "invalid_type" && inner.path.length === 0;
  const meant = issue.errors.find((branch) => !isTypeIssue(branch[0]));
  if (meant) return meant.flatMap((inner) => toFieldProblems({ ...inner, path: [...issue.path, ...inner.path] }));
  const types = issue.errors.flatMap(([inner]) => (inner?.code === "invalid_type" ? [article(inner.expected)] : []));
  return [[toPath(issue.path), say("expected_type", { types: types.join(" or ") })]];
}

function toProblem(issue: Issue): Problem {
  if (issue.code === "invalid_type" && issue.input === undefined) return REQUIRED;
  if (issue.code === "invalid_type") return say("expected_type", { types: article(issue.expected) });
  if (issue.code === "invalid_value") return say("expected_one_of", { values: issue.values.join(", ") });
  return readRule(issue.message) ?? toLibraryProblem(issue);
}

function article(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function toPath(path: PropertyKey[]): string {
  const text = path.map(String).join(".") || "body";
  return text.length > MAX_PATH_CHARACTERS ? `${text.slice(0, MAX_PATH_CHARACTERS).toWellFormed()}…` : text;
}

function ruleOf(issue: Issue): RuleParams | undefined {
  const params = issue.code === "custom" ? issue.params : undefined;
  return params && "code" in params ? (params as RuleParams) : undefined;
}

/**
 * The problem that one of the schema library's own rules reports. A rule without a code of ours keeps the library's
 * sentence.
 */
const toLibraryProblem = (issue: z.core.$ZodIssue): Problem => {
  const { message } = issue;
  if (issue.code === "too_big" && issue.inclusive && issue.exact !== true) {
    const limit = Number(issue.maximum);
    if (issue.origin === "string") return say("rule_text_long", { limit });
    if (issue.origin === "array") return say("rule_list_long", { limit });
  }
  if (issue.code === "too_small" && issue.inclusive && issue.exact !== true) {
    const limit = Number(issue.minimum);
    if (issue.origin === "string") return say("rule_text_short", { limit });
    if (issue.origin === "array") return say("rule_list_short", { limit });
  }
  return say("rule_broken", { said: message });
};

/**
 * The problem for a caller whose change may or may not have been committed. It says how to find out, and how to repeat the
 * request without doing it twice.
 */
export const toUncertainProblem = (operation: Operation | undefined): Problem => {
  if (!operation) return say("uncertain_look");
  if (operation.method === "GET") return say("database_away_reading");
  if (operation.isOpen) return say("uncertain_repeatable");
  if (operation.isRepeatable) return say("uncertain_harmless");
  const address = `GET ${operation.shownAt ?? toListAddress(operation.path)}`;
  return say(operation.isIdempotent ? "uncertain_idempotent" : "uncertain_look_at", { address });
};

// The list that shows what the operation changes: its path up to the first id or action.
function toListAddress(path: string): string {
  return `/${path.split("/").slice(1, 3).join("/")}`;
}
