import { expect, test } from "vitest";
import { z } from "zod";
import type { ApiError } from "#lib/errors";
import { toErrorBody } from "#lib/http/error-response";
import { pageQuerySchema } from "#lib/http/list-envelope";
import { defineOperation, type Operation } from "#lib/http/operation";
import * as postOperations from "#lib/http/post-operations";
import { listPostsOperation, retryPostOperation } from "#lib/http/post-operations";
import { readInput } from "#lib/http/read-input";
import { takesOrganization } from "#lib/http/require-membership-for";
import { listConnectors } from "#lib/networks/registry";

const read = <Body, Query>(operation: Operation<Body, Query, unknown>, path: string, init?: RequestInit) =>
  readInput(operation, new Request(`http://localhost${path}`, init), {});

const expectFields = async (work: Promise<unknown>, fields: Record<string, unknown>) => {
  const error: ApiError = await work.then(
    () => expect.fail("it was accepted"),
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ code: "InvalidRequest", status: 400 });
  expect(toErrorBody(error, "error").fields).toMatchObject(fields);
};

test("a filter that nobody can mean is refused, and what can be meant is named", async () => {
  const networks = listConnectors().map(({ network }) => network);
  await expectFields(read(listPostsOperation, "/v2/posts?platform=nonsense"), {
    platform: [`Expected one of: ${networks.join(", ")}.`],
  });
  await expectFields(read(listPostsOperation, "/v2/posts?status=done"), {
    status: [expect.stringContaining("published, failed")],
  });
  await expectFields(read(listPostsOperation, "/v2/posts?account_id=1"), {
    account_id: ["Expected the id of an account."],
  });
});

test.each(["status=failed&status=queued", "page=1&page=1", "account_id=&account_id=", "page_size=2&page_size=3"])(
  "a parameter given twice is refused: %s",
  async (query) => {
    await expectFields(read(listPostsOperation, `/v2/posts?${query}`), {
      [query.split("=")[0] ?? ""]: ["Give this parameter once."],
    });
  },
);

test("a parameter that would change nothing is refused, and those that are known are named", async () => {
  await expectFields(read(listPostsOperation, "/v2/posts?state=failed&limit=3"), {
    state: ["This parameter is not known. Known: status, platform, account_id, group_id, page, page_size."],
    limit: [expect.any(String)],
  });
});

test.each(
  Object.values(postOperations).filter(
    (operation: Pick<Operation, "act" | "path" | "query">) =>
      operation.query === undefined && !takesOrganization(operation),
  ),
)("$id takes no parameters, and refuses one that would change nothing", async (operation) => {
  const refused = read(operation as Operation, "/?force=true&toString=1");
  const message = "This parameter is not known. This address accepts no parameters.";
  await expectFields(refused, { force: [message], toString: [message] });
});

test("no more than the first names are told, short, and no key among them", async () => {
  const key = "boring_0123456789ABCDEFGHIJabcdefghij3dpHPp";
  const many = Array.from({ length: 500 }, (_, index) => `${"x".repeat(900)}${index}=`).join("&");
  const thrown = await read(listPostsOperation, `/v2/posts?${key}=1&${many}`).catch((error: unknown) => error);
  const text = JSON.stringify(thrown);
  expect(text).not.toContain(key);
  expect(text.length).toBeLessThan(16_384);
});

test("what is around a pasted parameter is no part of it, and one that is empty is not overlooked", async () => {
  const { query } = await read(listPostsOperation, "/v2/posts?status=%E2%80%AAfailed%E2%80%AC%0A");
  expect(query).toEqual({ status: "failed" });
  await expectFields(read(listPostsOperation, "/v2/posts?status="), { status: [expect.any(String)] });
});

test.each([
  ["no body and no header", {}],
  ["a header and no body", { headers: { "Content-Type": "application/json" } }],
  ["a form's header and no body", { headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "" }],
  ["an empty body", { headers: { "Content-Type": "application/json" }, body: "" }],
  ["null", { headers: { "Content-Type": "application/json" }, body: "null" }],
  ["an empty member", { headers: { "Content-Type": "application/json" }, body: '{"force":null}' }],
  ["an empty text", { headers: { "Content-Type": "application/json" }, body: '{"force":""}' }],
])("where a body may be left out, %s is one without members", async (_what, init) => {
  const { body } = await read(retryPostOperation, "/v2/posts/1/retry", { method: "POST", ...init });
  expect(body.force).toBeUndefined();
});

const listOperation = defineOperation({
  ...retryPostOperation,
  isBodyOptional: false,
  query: pageQuerySchema,
  body: z.object({ keys: z.array(z.string()) }),
});
const send = (body: string) =>
  read(listOperation, "/", { method: "POST", headers: { "Content-Type": "application/json" }, body });

test("a body of too many values is refused before any of them is looked at", async () => {
  let looked = 0;
  const body = z.array(z.unknown().refine(() => ++looked > 0));
  const operation = defineOperation({ ...listOperation, body });
  const values = (count: number) => JSON.stringify(Array(count).fill(0));
  const ask = (text: string) =>
    read(operation, "/", { method: "POST", headers: { "Content-Type": "application/json" }, body: text });
  await expect(ask(values(500_000))).rejects.toThrow("The body contains more than 5000 values.");
  expect(looked).toBe(0);
  await ask(values(5000));
  expect(looked).toBe(5000);
});

test.each([
  ['{"keys":["a"],"keys":["b"]}', "keys"],
  ['{"keys":["a"],"\\u006beys":null}', "keys"],
  ['{"keys":["a"],"more":[{"a":1},{"a":1,"a":1}]}', "more.1.a"],
])("a member that is there twice is refused by name: %s", async (body, path) => {
  await expectFields(send(body), { [path]: ["Give this field once."] });
});

test("a post for later that says as well that it is for now is neither", async () => {
  const init = { method: "POST", headers: { "Content-Type": "application/json" } };
  const body = '{"post":{"text":"a"},"scheduledAt":"2099-01-01T00:00:00Z","scheduledAt":null}';
  await expectFields(read(postOperations.createPostOperation, "/v2/posts", { ...init, body }), {
    scheduledAt: ["Give this field once."],
  });
});

test("commas and brackets in texts are no values", async () => {
  const keys = [`${",".repeat(9000)}\\"[{`.repeat(2), '"', "\\"];
  expect((await send(JSON.stringify({ keys }))).body).toEqual({ keys });
});

test("whatever is wrong with a body, the answer is short", async () => {
  const bodies = [
    { keys: Array(4999).fill(1) },
    Object.fromEntries(Array.from({ length: 4999 }, (_, index) => [`${"é".repeat(50)}${index}`, 1])),
    { ["x".repeat(900_000)]: 1, keys: 1 },
  ];
  for (const body of bodies) {
    const strict = defineOperation({ ...listOperation, body: z.strictObject({ keys: z.array(z.string()) }) });
    const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const thrown = (await read(strict, "/", init).catch((error: unknown) => error)) as { fields: object };
    expect(Buffer.byteLength(JSON.stringify(thrown.fields))).toBeLessThan(16_000);
  }
});
