import type { z } from "zod";
import { ERROR_STATUS } from "#lib/errors";
import * as accountOperations from "#lib/http/account-operations";
import * as auditOperations from "#lib/http/audit-operations";
import * as invitationOperations from "#lib/http/invitation-operations";
import * as keyOperations from "#lib/http/key-operations";
import * as leakOperations from "#lib/http/leak-operations";
import { type Json, toParameters, toSchema } from "#lib/http/openapi-schema";
import type { Operation } from "#lib/http/operation";
import * as organizationOperations from "#lib/http/organization-operations";
import * as postOperations from "#lib/http/post-operations";
import { takesOrganization } from "#lib/http/require-membership-for";
import * as sessionOperations from "#lib/http/session-operations";
import * as usageOperations from "#lib/http/usage-operations";
import * as userOperations from "#lib/http/user-operations";
import * as webhookOperations from "#lib/http/webhook-operations";

type AnyOperation = Pick<
  Operation,
  | "id"
  | "act"
  | "method"
  | "path"
  | "summary"
  | "isIdempotent"
  | "isWaiting"
  | "isBodyOptional"
  | "isOpen"
  | "limit"
  | "answer"
  | "errors"
> & {
  query?: z.ZodType;
  body?: z.ZodType;
};

const WITH_KEY = [{ apiKey: [] }, { authorization: [] }];
const WITH_SESSION = [{ session: [] }];

// The front door checks every request, on every path.
const COMMON_STATUSES = [400, 413, 415, 500, 503];

const DESCRIPTIONS: Record<number, string> = {
  400: "The request breaks a rule; `fields` names each field and its rule",
  401: "The credential is missing or refused; for API keys `X-Auth-Error` says why",
  403: "The key may not do this or not from there; the request was made by another site's page",
  404: "There is no such thing, or it is not yours",
  409: "The Idempotency-Key stands for another request, a limit is reached, or the thing's state forbids it",
  413: "The body is larger than 1 MiB",
  415: "The body is not plain application/json",
  429: "Too many requests; `Retry-After` says when to try again",
  500: "Something failed on this side; the log has the request id",
  502: "The network refused the post, which is in `data`",
  503: "The database, or a network, cannot be reached; `Retry-After` says when to try again",
};

/** The OpenAPI 3.1 document of this installation, built from the same operations that its routes run. */
export const openApiDocument = (publicUrl: string): Json => {
  const operations: AnyOperation[] = [
    postOperations,
    accountOperations,
    keyOperations,
    leakOperations,
    usageOperations,
    sessionOperations,
    webhookOperations,
    auditOperations,
    organizationOperations,
    invitationOperations,
    userOperations,
  ].flatMap((module): AnyOperation[] => Object.values(module));
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: toPathItem(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Boring Console",
      version: "2.0.0",
      description: "API keys, and publishing with them. Parameters that are not listed are refused.",
    },
    servers: [{ url: publicUrl }],
    paths,
    components: { securitySchemes: SECURITY_SCHEMES, schemas: { Error: ERROR_SCHEMA, ErrorDetail: DETAIL_SCHEMA } },
  };
};

const TEXT_HEADER = { schema: { type: "string" } };
const COUNT_HEADER = { schema: { type: "integer", minimum: 0 } };

// On every answer to an accepted key. A 401 has no limit to report.
const LIMIT_HEADERS = {
  "RateLimit-Limit": { description: "Requests that the key may make a minute", ...COUNT_HEADER },
  "RateLimit-Remaining": { description: "Requests that it may make right now", ...COUNT_HEADER },
  "RateLimit-Reset": { description: "Seconds until it may make all of them at once", ...COUNT_HEADER },
  "RateLimit-Policy": { description: "The limit and its window in seconds: `600;w=60`", ...TEXT_HEADER },
};

const ERROR_HEADERS: Record<number, Json> = {
  429: { "Retry-After": { description: "Seconds", schema: { type: "integer", minimum: 1 } }, ...LIMIT_HEADERS },
};

const SECURITY_SCHEMES = {
  apiKey: { type: "apiKey", in: "header", name: "boring-api-key" },
  authorization: { type: "apiKey", in: "header", name: "Authorization", description: "`Api-Key <key>`" },
  session: { type: "apiKey", in: "cookie", name: "session", description: "`__Host-session` over https" },
};

const MESSAGES = { type: "array", items: { type: "string" } };

const ERROR_SCHEMA = {
  description: "Errors for callers with `boring-api-key`, and of the console",
  type: "object",
  properties: {
    error: { type: "string", enum: Object.keys(ERROR_STATUS) },
    message: { type: "string" },
    retry_after: { description: "Seconds to wait, in a 429", type: "integer", minimum: 1 },
    fields: { type: "object", additionalProperties: MESSAGES },
  },
  required: ["error", "message"],
};

const DETAIL_SCHEMA = {
  description: "Errors for callers with `Authorization`: a sentence, or the fields themselves",
  anyOf: [
    {
      type: "object",
      properties: { detail: { type: "string" }, retry_after: { type: "integer", minimum: 1 } },
      required: ["detail"],
    },
    { type: "object", additionalProperties: MESSAGES },
  ],
};

function toPathItem(operation: AnyOperation): Json {
  const isKeyed = operation.path.startsWith("/v2/");
  const statuses = [...new Set([...COMMON_STATUSES, ...doorStatuses(operation, isKeyed), ...operation.errors])].sort();
  const { status, description, otherwise200, schema, mediaType } = operation.answer;
  const toAnswer = (meaning: string): Json => ({
    description: meaning,
    headers: { "X-Request-Id": TEXT_HEADER, ...(isKeyed && LIMIT_HEADERS) },
    content: toContent(toSchema(schema, "output"), mediaType),
  });
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.path.split("/").slice(1, 3).join(" ")],
    security: operation.isOpen ? [] : isKeyed ? WITH_KEY : WITH_SESSION,
    parameters: toParameters(operation),
    ...(operation.body && {
      requestBody: {
        required: !operation.isBodyOptional,
        content: toContent(toSchema(operation.body, "input")),
      },
    }),
    responses: {
      ...(otherwise200 && { 200: toAnswer(otherwise200) }),
      [status]: toAnswer(description),
      ...Object.fromEntries(statuses.map((error) => [error, toErrorResponse(error, isKeyed)])),
    },
  };
}

// The statuses that the wrapper can answer with before the handler runs.
function doorStatuses(operation: AnyOperation, isKeyed: boolean): number[] {
  if (operation.isOpen) return operation.limit ? [429] : [];
  if (isKeyed) return [401, 403, 429];
  return takesOrganization(operation) ? [401, 403, 404] : [401, 403];
}

function toErrorResponse(status: number, isKeyed: boolean): Json {
  const error = { $ref: "#/components/schemas/Error" };
  const either = { anyOf: [error, { $ref: "#/components/schemas/ErrorDetail" }] };
  const headers = ERROR_HEADERS[status];
  return {
    description: DESCRIPTIONS[status],
    ...(headers && { headers }),
    content: toContent(isKeyed ? either : error),
  };
}

function toContent(schema: Json, mediaType = "application/json"): Json {
  return { [mediaType]: { schema } };
}
