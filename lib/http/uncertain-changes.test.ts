import { expect, test } from "vitest";
import { UncertainCommitError } from "#lib/db/database-errors";
import * as accountOperations from "#lib/http/account-operations";
import { errorResponse, toUncertainProblem } from "#lib/http/error-response";
import * as keyOperations from "#lib/http/key-operations";
import { updateKeyOperation } from "#lib/http/key-operations";
import { revokeKeysOperation } from "#lib/http/leak-operations";
import type { Operation } from "#lib/http/operation";
import * as postOperations from "#lib/http/post-operations";
import { createPostOperation, retryPostOperation } from "#lib/http/post-operations";
import * as sessionOperations from "#lib/http/session-operations";
import { toResponse } from "#lib/http/testing/to-response";
import * as webhookOperations from "#lib/http/webhook-operations";
import { toEnglish } from "#lib/problems/tell-problem";

const answer = async (operation: Operation | undefined) => {
  const progress = operation && { progress: { operation, isCommitted: false } };
  const response = toResponse(errorResponse(new UncertainCommitError(), "error", "request", {}, progress));
  const body = (await response.json()) as { message: string };
  return { status: response.status, retryAfter: response.headers.get("retry-after"), message: body.message };
};

test("a post that may have been saved names Idempotency-Key and the list of posts, and promises nothing", async () => {
  const { status, retryAfter, message } = await answer(createPostOperation as Operation);
  expect([status, retryAfter]).toEqual([503, "5"]);
  expect(message).toMatch(/not known whether this was saved.*GET \/v2\/posts .*Idempotency-Key/);
  expect(message).not.toContain("Nothing was changed");
});

test("every other change names the list that shows it", async () => {
  expect((await answer(updateKeyOperation as Operation)).message).toContain("GET /api/keys before");
  expect((await answer(retryPostOperation as Operation)).message).toContain("GET /v2/posts before");
  expect((await answer(revokeKeysOperation as Operation)).message).toContain("Send the request again");
  expect((await answer(undefined)).message).toContain("Check before you repeat the request");
});

const OPERATIONS = [accountOperations, keyOperations, postOperations, sessionOperations, webhookOperations].flatMap(
  (operations): Operation[] => Object.values(operations),
);
const toUncertainMessage = (operation: Operation) => toEnglish(toUncertainProblem(operation));
const CHANGES = OPERATIONS.filter(({ method }) => method !== "GET");

test.each(CHANGES)("whoever is sent to look after $id finds an operation that shows it", (operation) => {
  const [, address] = /GET (\S+) before/.exec(toUncertainMessage(operation)) ?? [];
  if (address === undefined) expect(operation.isRepeatable).toBe(true);
  else expect(OPERATIONS.filter(({ method }) => method === "GET").map(({ path }) => path)).toContain(address);
});

test("what is sent to a webhook is looked for among what was sent to it, and a secret that nobody saw is made again", () => {
  const { testWebhookOperation, replayDeliveryOperation, rotateWebhookSecretOperation } = webhookOperations;
  for (const operation of [testWebhookOperation, replayDeliveryOperation]) {
    expect(toUncertainMessage(operation as Operation)).toContain("GET /api/webhooks/{webhookId}/deliveries before");
  }
  expect(toUncertainMessage(rotateWebhookSecretOperation as Operation)).toContain("Send the request again");
});

test("a database that is gone after something was saved is not told as nothing changed", async () => {
  const gone = Object.assign(new Error("gone"), { code: "57P01" });
  const message = async (isCommitted: boolean) => {
    const progress = { operation: createPostOperation as Operation, isCommitted };
    return ((await toResponse(errorResponse(gone, "error", "request", {}, { progress })).json()) as { message: string })
      .message;
  };
  expect(await message(false)).toContain("Nothing was changed");
  expect(await message(true)).toMatch(/not known.*GET \/v2\/posts/);
});
