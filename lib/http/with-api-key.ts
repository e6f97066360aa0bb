import { randomUUID } from "node:crypto";
import { admitKey } from "#lib/http/admit-key";
import { dialectOf } from "#lib/http/dialect";
import { errorResponse } from "#lib/http/error-response";
import { jsonResponse } from "#lib/http/json-response";
import { limitFailures } from "#lib/http/limit-failures";
import { noteRefusedKey } from "#lib/http/note-refused-key";
import type { Call, Operation, Reply, RouteHandler } from "#lib/http/operation";
import { readCredential } from "#lib/http/read-credential";
import { readInput } from "#lib/http/read-input";
import { KeyRefusedError } from "#lib/keys/key-refused-error";
import { noteLastUse } from "#lib/keys/note-last-use";
import { type VerifiedKey, verifySecret } from "#lib/keys/verify-secret";

type Handler<Body, Query, Answer> = (call: Call<Body, Query> & { key: VerifiedKey }) => Promise<Reply<Answer>>;

/**
 * A route that only an API key opens: the key is checked first, then the input, then the handler runs, and its
 * answer leaves through the operation's schema. The key counts as used when it was admitted and the answer is below 500.
 */
export const withApiKey =
  <Body, Query, Answer>(
    operation: Operation<Body, Query, Answer>,
    handle: Handler<Body, Query, Answer>,
  ): RouteHandler =>
  async (request, context) => {
    const requestId = randomUUID();
    const address = request.headers.get("x-forwarded-for") ?? "";
    let key: VerifiedKey | undefined;
    let limits: Record<string, string> | undefined;
    let isAdmitted = false;
    let response: Response;
    try {
      key = await authenticate(request.headers);
      limits = await admitKey(key, operation.scope, address);
      isAdmitted = true;
      const call = await readInput(operation, request, await context.params);
      const reply = await handle(Object.assign(call, { key }));
      const { status, schema } = operation.answer;
      response = jsonResponse(status, schema.parse(reply.body), requestId, reply.headers);
    } catch (error) {
      if (error instanceof KeyRefusedError) isAdmitted = false;
      if (!isAdmitted) noteRefusedKey(error, key, request.headers);
      response = errorResponse(await limitFailures(error, address), dialectOf(request.headers), requestId);
    }
    for (const name in limits) response.headers.set(name, limits[name] ?? "");
    if (key?.expiresAt) response.headers.set("X-Api-Key-Expires-At", key.expiresAt);
    if (key && isAdmitted && response.status < 500) noteLastUse(key.id, address);
    return response;
  };

async function authenticate(headers: Headers): Promise<VerifiedKey> {
  const credential = readCredential(headers);
  if ("refused" in credential) throw new KeyRefusedError(credential.refused);
  return verifySecret(credential.secret);
}
