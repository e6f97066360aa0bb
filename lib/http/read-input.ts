import type { z } from "zod";
import { ApiError } from "#lib/errors";
import { toInputError } from "#lib/http/error-response";
import type { Call, Operation } from "#lib/http/operation";
import { readJson } from "#lib/http/read-json";
import { ORGANIZATION_PARAMETER, takesOrganization } from "#lib/http/require-membership-for";
import type { RequestHeaders, RouteRequest } from "#lib/http/route";
import { scrub } from "#lib/log";
import { trimPasted } from "#lib/pasted/schema";
import { type Problem, say } from "#lib/problems/problem";

const MAX_NAMED = 20;

/** All of an operation's input, parsed through its schemas. Throws a 400 that names each field and its rule. */
export const readInput = async <Body, Query>(
  operation: Operation<Body, Query, unknown>,
  request: RouteRequest,
  params: Record<string, string>,
): Promise<Call<Body, Query>> => ({
  params,
  request,
  query: parseQuery(operation, readQuery(request.url, namesOf(operation))),
  body: operation.body ? parse(operation.body, await readBody(operation, request)) : (undefined as Body),
  idempotencyKey: operation.isIdempotent ? readIdempotencyKey(request.headers) : undefined,
});

type BodyRules = Pick<Operation, "inspectBytes" | "inspectBody" | "isBodyOptional" | "maxValues">;

async function readBody(operation: BodyRules, request: RouteRequest): Promise<unknown> {
  const body = await readJson(request, operation);
  operation.inspectBody?.(body);
  return body;
}

function namesOf(operation: Pick<Operation, "query" | "act" | "path">): string[] {
  const names = Object.keys(operation.query?.shape ?? {});
  return takesOrganization(operation) ? [...names, ORGANIZATION_PARAMETER] : names;
}

// The organization was read before. It stays in the query, so that a list's links keep it. Without a schema nothing else can
// be given.
function parseQuery<Query>(
  { query: schema }: Pick<Operation<unknown, Query>, "query">,
  { [ORGANIZATION_PARAMETER]: organization, ...given }: Record<string, string>,
): Query {
  if (!schema) return undefined as Query;
  const parsed = parse(schema, given);
  return organization === undefined ? parsed : { ...parsed, [ORGANIZATION_PARAMETER]: organization };
}

function parse<Value>(schema: z.ZodType<Value>, input: unknown): Value {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (!parsed.success) throw toInputError(parsed.error.issues);
  return parsed.data;
}

// An unknown or repeated parameter would otherwise be ignored silently.
function readQuery(url: string, known: string[]): Record<string, string> {
  const start = url.indexOf("?");
  const given = new URLSearchParams(start === -1 ? "" : url.slice(start));
  const names = [...new Set(given.keys())];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw toQueryError(unknown, toUnknown(known));
  const repeated = names.filter((name) => given.getAll(name).length > 1);
  if (repeated.length > 0) throw toQueryError(repeated, say("parameter_repeated"));
  return Object.fromEntries([...given].map(([name, value]) => [name, trimPasted(value)]));
}

function toUnknown(names: string[]): Problem {
  return names.length > 0 ? say("parameter_unknown_of", { names: names.join(", ") }) : say("parameter_none");
}

function toQueryError(names: string[], problem: Problem): ApiError {
  // A caller may have put a key in place of a parameter's name.
  const fields = names.slice(0, MAX_NAMED).map((name): [string, Problem[]] => [scrub(name).slice(0, 100), [problem]]);
  return new ApiError("InvalidRequest", problem, { at: String(fields[0]?.[0]), fields: Object.fromEntries(fields) });
}

function readIdempotencyKey(headers: RequestHeaders): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null) return undefined;
  if (/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key)) return key;
  const problem = say("idempotency_key_form");
  throw new ApiError("InvalidRequest", problem, { at: "Idempotency-Key", fields: { "Idempotency-Key": [problem] } });
}
