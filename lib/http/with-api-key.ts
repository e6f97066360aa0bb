import { randomUUID } from "node:crypto";
import { admitKey } from "#lib/http/admit-key";
import { dialectOf } from "#lib/http/dialect";
import { errorResponse } from "#lib/http/error-response";
import { jsonResponse } from "#lib/http/json-response";
import { noteCall } from "#lib/http/note-call";
import type { Call, Operation, Reply, RouteHandler } from "#lib/http/operation";
import { readCredential } from "#lib/http/read-credential";
import { readInput } from "#lib/http/read-input";
import { toRefusal } from "#lib/http/to-refusal";
import { KeyRefusedError } from "#lib/keys/key-refused-error";
import { noteLastUse } from "#lib/keys/note-last-use";
import { type VerifiedKey, verifySecret } from "#lib/keys/verify-secret";
import type { Refusal } from "#lib/usage/schema";

type Handler<Body, Query, Answer> = (call: Call<Body, Query> & { key: VerifiedKey }) => Promise<Reply<Answer>>;

/**
 * A route that only an API key opens: the key is checked first, then the input, then the handler runs, and its
 * answer leaves through the operation's schema. The key counts as used when it was admitted and the answer is below 500.
 * Every request that a real key was presented with is noted, for its owner to see.
 */
export const withApiKey =
  <Body, Query, Answer>(
    operation: Operation<Body, Query, Answer>,
    handle: Handler<Body, Query, Answer>,
  ): RouteHandler =>
  async (request, context) => {
    const requestId = randomUUID();
    const startedAt = performance.now();
    const address = request.headers.get("x-forwarded-for") ?? "";
    let key: VerifiedKey | undefined;
    let keyId: string | undefined;
    let refusal: Refusal | undefined;
    let isAdmitted = false;
    let response: Response;
    try {
      key = await authenticate(request.headers);
      keyId = key.id;
      admitKey(key, operation.scope, address);
      isAdmitted = true;
      const call = await readInput(operation, request, await context.params);
      const reply = await handle(Object.assign(call, { key }));
      const { status, schema } = operation.answer;
      response = jsonResponse(status, schema.parse(reply.body), requestId, reply.headers);
    } catch (error) {
      if (error instanceof KeyRefusedError) {
        isAdmitted = false;
        keyId = error.keyId;
      }
      refusal = isAdmitted ? undefined : toRefusal(error);
      response = errorResponse(error, dialectOf(request.headers), requestId);
    }
    if (key?.expiresAt) response.headers.set("X-Api-Key-Expires-At", key.expiresAt);
    if (key && isAdmitted && response.status < 500) noteLastUse(key.id, address);
    noteCall(operation, request, { requestId, keyId, status: response.status, refusal, address, startedAt });
    return response;
  };

async function authenticate(headers: Headers): Promise<VerifiedKey> {
  const credential = readCredential(headers);
  if ("refused" in credential) throw new KeyRefusedError(credential.refused);
  return verifySecret(credential.secret);
}
