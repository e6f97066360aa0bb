import { randomUUID } from "node:crypto";
import { watchCommits } from "#lib/db/note-commit";
import { admitKey } from "#lib/http/admit-key";
import { dialectOf } from "#lib/http/dialect";
import { errorResponse, type OperationProgress } from "#lib/http/error-response";
import { jsonResponse } from "#lib/http/json-response";
import { limitFailures } from "#lib/http/limit-failures";
import { type Admission, noteCall } from "#lib/http/note-call";
import type { Call, Operation, Reply, RouteHandler } from "#lib/http/operation";
import { readCredential } from "#lib/http/read-credential";
import { readInput } from "#lib/http/read-input";
import { KeyRefusedError } from "#lib/keys/key-refused-error";
import { type OwnedKey, type VerifiedKey, verifyOwnedSecret, verifySecret } from "#lib/keys/verify-secret";

type Handler<Body, Query, Answer, Key> = (call: Call<Body, Query> & { key: Key }) => Promise<Reply<Answer>>;

/**
 * A route that only an API key opens: the key is checked first, then the input, then the handler runs, and its
 * answer leaves through the operation's schema. The key counts as used when it was admitted and the answer is below 500;
 * every request that a real key was presented with is noted, for its owner to see.
 */
export const withApiKey = <Body, Query, Answer>(
  operation: Operation<Body, Query, Answer>,
  handle: Handler<Body, Query, Answer, VerifiedKey>,
): RouteHandler => withKeyFrom(verifySecret, operation, handle);

/** The same for a route that tells whose key it is. */
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
    let response: Response;
    try {
      const key = await authenticate(request.headers, verify);
      admission.key = key;
      admission.limits = await admitKey(key, operation.scope, address);
      admission.isAdmitted = true;
      const call = await readInput(operation, request, await context.params);
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

async function authenticate<Key>(headers: Headers, verify: (secret: string) => Promise<Key>): Promise<Key> {
  const credential = readCredential(headers);
  if ("refused" in credential) throw new KeyRefusedError(credential.refused);
  return verify(credential.secret);
}

function toKeyHeaders({ key, limits }: Admission): Record<string, string> {
  return { ...limits, ...(key?.expiresAt && { "X-Api-Key-Expires-At": key.expiresAt }) };
}
