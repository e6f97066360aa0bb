import { randomUUID } from "node:crypto";
import { watchCommits } from "#lib/db/database-errors";
import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import { dialectOf, errorResponse, type OperationProgress } from "#lib/http/error-response";
import { jsonResponse } from "#lib/http/json-response";
import { limitFailures, toRateLimitHeaders } from "#lib/http/limit-failures";
import { type Admission, noteCall } from "#lib/http/note-call";
import type { Call, Operation, Reply } from "#lib/http/operation";
import { readInput } from "#lib/http/read-input";
import type { RequestHeaders, RouteAnswer, RouteHandler } from "#lib/http/route";
import { isAddressAllowed } from "#lib/keys/is-address-allowed";
import { EVERY_SCOPE } from "#lib/keys/schema";
import type { Scope } from "#lib/keys/shape";
import {
  type AuthErrorReason,
  KeyRefusedError,
  type OwnedKey,
  type VerifiedKey,
  verifyOwnedSecret,
  verifySecret,
} from "#lib/keys/verify-secret";
import { spendRequest } from "#lib/limits/spend-request";
import { say } from "#lib/problems/problem";

type Handler<Body, Query, Answer, Key> = (call: Call<Body, Query> & { key: Key }) => Promise<Reply<Answer>>;

/**
 * Wraps a route that requires an API key. It checks the key first and the input second, runs the handler, and sends the
 * answer through the operation's schema. The key counts as used when it was admitted and the status is below 500. Every
 * request with a real key is recorded for its owner.
 */
export const withApiKey = <Body, Query, Answer>(
  operation: Operation<Body, Query, Answer>,
  handle: Handler<Body, Query, Answer, VerifiedKey>,
): RouteHandler => withKeyFrom(verifySecret, operation, handle);

/** The same for a route that says whose key it is. */
export const withOwnedKey = <Body, Query, Answer>(
  operation: Operation<Body, Query, Answer>,
  handle: Handler<Body, Query, Answer, OwnedKey>,
): RouteHandler => withKeyFrom(verifyOwnedSecret, operation, handle);

const withKeyFrom =
  <Body, Query, Answer, Key extends VerifiedKey>(
    verify: (secret: string) => Promise<Key>,
    operation: Operation<Body, Query, Answer>,
    handle: Handler<Body, Query, Answer, Key>,
  ): RouteHandler =>
  async (request, context) => {
    const requestId = randomUUID();
    const progress: OperationProgress = { operation, isCommitted: false };
    const startedAt = performance.now();
    const address = request.headers.get("x-forwarded-for") ?? "";
    const admission: Admission = { isAdmitted: false };
    let response: RouteAnswer;
    try {
      const key = await authenticate(request.headers, verify);
      admission.key = key;
      admission.limits = await admitKey(key, operation.scope, address);
      admission.isAdmitted = true;
      const call = await readInput(operation, request, context.params);
      const reply = await watchCommits(progress, () => handle(Object.assign(call, { key })));
      const { status, schema } = operation.answer;
      response = jsonResponse(status, schema.parse(reply.body), requestId, {
        ...reply.headers,
        ...toKeyHeaders(admission),
      });
    } catch (error) {
      if (error instanceof KeyRefusedError) admission.isAdmitted = false;
      admission.error = error;
      const told = await limitFailures(error, address);
      response = errorResponse(told, dialectOf(request.headers), requestId, toKeyHeaders(admission), { progress });
    }
    noteCall(operation, request, admission, { requestId, status: response.status, address, startedAt });
    return response;
  };

async function authenticate<Key>(headers: RequestHeaders, verify: (secret: string) => Promise<Key>): Promise<Key> {
  const credential = readCredential(headers);
  if ("refused" in credential) throw new KeyRefusedError(credential.refused);
  return verify(credential.secret);
}

function toKeyHeaders({ key, limits }: Admission): Record<string, string> {
  return { ...limits, ...(key?.expiresAt && { "X-Api-Key-Expires-At": key.expiresAt }) };
}

/**
 * Checks that a verified key has the scope and may be used from the address, and spends one request of its limit. Returns
 * the rate-limit headers; throws 403 or 429 otherwise.
 */
const admitKey = async (
  key: VerifiedKey,
  scope: Scope | undefined,
  address: string,
): Promise<Record<string, string>> => {
  if (!isAddressAllowed(address, key.allowedAddresses)) {
    throw new ApiError("Forbidden", say("key_address_refused", { address }));
  }
  const headers = await spend(key);
  if (scope && !key.scopes.includes(scope) && !key.scopes.includes(EVERY_SCOPE)) {
    throw new ApiError("InsufficientPermissions", say("key_scope_missing", { scope }), { headers });
  }
  return headers;
};

async function spend(key: VerifiedKey): Promise<Record<string, string>> {
  const { rateLimitPerMinute } = settings();
  const spending = spendRequest(key.id, Math.min(key.rateLimitPerMinute ?? rateLimitPerMinute, rateLimitPerMinute));
  const allowance = spending instanceof Promise ? await spending : spending;
  const headers = toRateLimitHeaders(allowance);
  if (allowance.isAllowed) return headers;
  const { limit, retrySeconds } = allowance;
  throw new ApiError("RateLimitExceeded", say("key_requests_limit", { limit }), {
    headers: { ...headers, "Retry-After": String(retrySeconds) },
    members: { retry_after: retrySeconds },
  });
}

/** The credential in the headers: one secret that is not checked yet, or the reason why there is none. */
export type Credential = { secret: string } | { refused: AuthErrorReason };

/**
 * Reads the credential only from `boring-api-key` or `Authorization: Api-Key …`. Both headers may be present when they
 * agree. Anything other than exactly one secret is refused.
 */
export const readCredential = (headers: RequestHeaders): Credential => {
  const own = headers.get("boring-api-key");
  const authorization = headers.get("authorization");
  if (own === null && authorization === null) return { refused: "missing" };
  if (authorization === null) return readOwnHeader(own ?? "");
  if (own === null) return readAuthorization(authorization);
  const first = readOwnHeader(own);
  const second = readAuthorization(authorization);
  if ("refused" in first && first.refused === "conflicting_credentials") return first;
  const agree = "secret" in first && "secret" in second && first.secret === second.secret;
  return agree ? first : { refused: "conflicting_credentials" };
};

function readOwnHeader(value: string): Credential {
  if (value === "") return { refused: "missing" };
  return isGivenTwice(value) ? { refused: "conflicting_credentials" } : { secret: value };
}

function readAuthorization(value: string): Credential {
  if (value === "") return { refused: "missing" };
  const [, scheme = value, secret = ""] = /^([^ ]*) (.*)$/s.exec(value) ?? [];
  if (scheme.toLowerCase() !== "api-key") return { refused: "wrong_scheme" };
  if (secret === "") return { refused: "missing" };
  return isGivenTwice(secret) ? { refused: "conflicting_credentials" } : { secret };
}

// HTTP joins a repeated field with a comma (RFC 9110 §5.3), so a list means that the field was sent twice.
function isGivenTwice(value: string): boolean {
  return value.includes(",");
}
