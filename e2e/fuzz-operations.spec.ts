import fc from "fast-check";
import { ask, withAuthorization, withKey } from "#lib/testing/console/api-client";
import type { Answer } from "#lib/testing/console/expect-documented";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser, type User } from "#lib/testing/console/user";
import { expect, test } from "./fixtures.ts";
import { createKeysFile, createSigner, signedBy } from "./github-signer.ts";
import { type HostileRequest, hostileRequests } from "./hostile-requests.ts";
import { type Caller, type Operation, readOperations } from "./read-operations.ts";

type Send = (request: HostileRequest, round: number) => Promise<Answer>;

const ROUNDS = 50;
const ROUNDS_WITHOUT_INPUT = 15;
const PATIENCE_MILLISECONDS = 15_000;

const github = createSigner("current");
let server: RunningServer;

test.beforeAll(async () => {
  const { path } = createKeysFile([github]);
  const env = { GITHUB_SECRET_SCANNING_KEYS: path, TRUSTED_PROXIES: "1", RATE_LIMIT_PER_MINUTE: "1000000" };
  server = await startServer({ env });
});
test.afterAll(() => server.stop());

/** Sends what is hostile to an operation. Every answer is documented, in time, no 5xx, and in the caller's dialect. */
const attack = async (operation: Operation, send: Send, dialectOf = (_round: number) => "error"): Promise<void> => {
  let round = 0;
  const property = fc.asyncProperty(hostileRequests(operation), async (request) => {
    round++;
    const { status, json, text } = await send(request, round);
    expect(status, text).toBeLessThan(500);
    if (status < 400) return;
    if (dialectOf(round) === "detail") expect(typeof json.error, text).not.toBe("string");
    else expect(json, text).toMatchObject({ error: expect.any(String), message: expect.any(String) });
  });
  await fc.assert(property, { numRuns: toRounds(operation), timeout: PATIENCE_MILLISECONDS });
};

const toRounds = ({ body, parameters }: Operation) =>
  body || parameters.some((parameter) => parameter.in === "query") ? ROUNDS : ROUNDS_WITHOUT_INPUT;

/** A key in one of the states in which a key can be. */
const prepareKey = async (user: User, round: number): Promise<string> => {
  const { id } = await user.generateKey();
  if (round % 6 === 1) await user.updateKey(id, { is_active: false });
  if (round % 6 === 2) await user.ask(`/api/keys/${id}/rotate`, { json: {} });
  if (round % 6 === 3) await user.ask(`/api/keys/${id}/leak`, { method: "POST" });
  return id;
};

// Another one each time, so that no limit is reached.
const from = (round: number) => ({ "X-Forwarded-For": `2001:db8:${round.toString(16)}::1` });

const callers: Record<Caller, (operation: Operation) => Promise<void>> = {
  person: async (operation) => {
    const user = await createUser(server.url);
    await attack(operation, async ({ path, headers, ...request }, round) => {
      const id = path.includes("{keyId}") ? await prepareKey(user, round) : "";
      const own = path.replace("{keyId}", id);
      const answer = await user.ask(own, { ...request, headers: { ...headers, ...from(round) } });
      if (id) await user.deleteKey(id);
      return answer;
    });
  },
  program: async (operation) => {
    const { id, key } = await (await createUser(server.url)).generateKey();
    const isDetail = (round: number) => round % 2 === 0;
    const send: Send = ({ path, headers, ...request }, round) => {
      const credential = isDetail(round) ? withAuthorization(key) : withKey(key);
      return ask(server.url, path.replace("{keyId}", id), { ...request, headers: { ...headers, ...credential } });
    };
    await attack(operation, send, (round) => (isDetail(round) ? "detail" : "error"));
  },
  stranger: (operation) =>
    attack(operation, ({ json, headers, ...request }, round) => {
      const body = JSON.stringify(json);
      return ask(server.url, request.path, {
        ...request,
        body,
        headers: { ...headers, ...from(round), ...signedBy(github, body) },
      });
    }),
};

for (const [who, caller] of [
  ["somebody who is signed in", "person"],
  ["a program with a key", "program"],
  ["a stranger", "stranger"],
] as const) {
  test(`whatever ${who} sends to any operation, the answer is documented, in their dialect and never a 5xx`, async () => {
    test.setTimeout(300_000);
    const operations = (await readOperations(server.url)).filter((operation) => operation.caller === caller);
    expect(operations.length).toBeGreaterThan(1);
    for (const operation of operations) {
      await test.step(`${operation.method} ${operation.path}`, () => callers[caller](operation));
    }
  });
}
