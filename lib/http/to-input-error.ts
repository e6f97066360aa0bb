import type { z } from "zod";
import { ApiError, type ErrorName, type FieldErrors } from "#lib/errors";
import { toLibraryProblem } from "#lib/http/to-library-problem";
import { type Problem, readRule, say } from "#lib/problems/problem";

type Issue = z.core.$ZodIssue;

/** Lets a schema's own rule choose the name of the error and add members to it. */
export type RuleParams = { code: ErrorName; members?: Record<string, string | number> };

/** The 400 for what a schema refused: every field by its dotted path, with the rule that it broke. */
export const toInputError = (issues: Issue[]): ApiError => {
  // Who sends a thousand faults is told the first of them.
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

// A caller names the fields, so they may be called `__proto__` or `toString`: a plain object would not keep them.
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

// Of several shapes, the one that was meant is the one whose outermost type fits.
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
