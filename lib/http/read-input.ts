import type { z } from "zod";
import { ApiError } from "#lib/errors";
import type { Call, Operation } from "#lib/http/operation";
import { readJson } from "#lib/http/read-json";
import { toInputError } from "#lib/http/to-input-error";

/** Everything an operation takes, parsed through its schemas. Throws a 400 that names each field and its rule. */
export const readInput = async <Body, Query>(
  operation: Operation<Body, Query, unknown>,
  request: Request,
  params: Record<string, string>,
): Promise<Call<Body, Query>> => ({
  params,
  request,
  query: operation.query ? parse(operation.query, readQuery(request.url)) : (undefined as Query),
  body: operation.body ? parse(operation.body, await readBody(operation, request)) : (undefined as Body),
  idempotencyKey: operation.isIdempotent ? readIdempotencyKey(request.headers) : undefined,
});

type BodyRules = Pick<Operation, "inspectBytes" | "inspectBody" | "isBodyOptional">;

async function readBody(operation: BodyRules, request: Request): Promise<unknown> {
  if (operation.isBodyOptional && isBodyAbsent(request.headers)) return {};
  const body = await readJson(request, operation.inspectBytes);
  operation.inspectBody?.(body);
  return body;
}

function isBodyAbsent(headers: Headers): boolean {
  const length = headers.get("content-length") ?? "0";
  return length === "0" && !headers.has("transfer-encoding") && !headers.has("content-type");
}

function parse<Value>(schema: z.ZodType<Value>, input: unknown): Value {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (!parsed.success) throw toInputError(parsed.error.issues);
  return parsed.data;
}

function readQuery(url: string): Record<string, string> {
  const start = url.indexOf("?");
  return start === -1 ? {} : Object.fromEntries(new URLSearchParams(url.slice(start)));
}

function readIdempotencyKey(headers: Headers): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null) return undefined;
  if (/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key)) return key;
  const message = "Use 1 to 255 printable ASCII characters.";
  throw new ApiError("InvalidRequest", `Idempotency-Key: ${message}`, { fields: { "Idempotency-Key": [message] } });
}
