import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { connectAccount } from "#lib/accounts/connect-account";
import { finishConnection as finish } from "#lib/accounts/finish-connection";
import { listAccounts } from "#lib/accounts/get-account";
import { notes, toConnection } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import type { MemberActor } from "#lib/audit/schema";
import { closeDatabase, type Database } from "#lib/db/database";
import { log } from "#lib/log";
import { NetworkError } from "#lib/networks/network-error";
import { createMember } from "#lib/organizations/testing/test-member";
import { say } from "#lib/problems/problem";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

vi.mock("#lib/log", async (original) => ({ ...(await original<typeof import("#lib/log")>()), log: vi.fn() }));

const BEGUN = { serverUrl: "https://notes.example", credential: { client_secret: "of this installation" } };

let db: Database;
let ada: MemberActor;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  vi.mocked(log).mockReset();
  ada = await createMember();
  notes.connect.mockReset().mockImplementation(async (_given, { state }) => ({
    ...{ authorizationUrl: `https://notes.example/oauth?state=${state}` },
    ...BEGUN,
  }));
  notes.authorize.mockReset().mockResolvedValue(toConnection("ada"));
});

const finishConnection = async (...given: Parameters<typeof finish>) => (await finish(...given)).outcome;

const begin = async (): Promise<string> => {
  const fields = { handle: "ada", password: "secret" };
  const begun = await connectAccount(ada, { network: "notes", fields });
  if (!("authorization_url" in begun)) throw new Error("there is an account already");
  return new URL(begun.authorization_url).searchParams.get("state") ?? "";
};

test("an account is connected when its user comes back with a code", async () => {
  const state = await begin();
  expect((await listAccounts(ada.organizationId)).count).toBe(1);
  expect(await finishConnection(ada, { state, code: "agreed" })).toBe("connected");
  const [begun, code, callbackUrl] = notes.authorize.mock.calls[0] ?? [];
  expect(begun).toMatchObject(BEGUN);
  expect([code, callbackUrl]).toEqual([{ code: "agreed" }, "http://localhost:3000/accounts/callback"]);
  expect((await listAccounts(ada.organizationId)).accounts[1]).toMatchObject({ username: "ada@notes.example" });
});

test("the account belongs to the organization in which it was begun, whichever is shown at the end", async () => {
  const state = await begin();
  const { organizationId: shownNow } = await createMember();
  expect(await finish({ ...ada, organizationId: shownNow }, { state, code: "agreed" })).toEqual({
    outcome: "connected",
    organizationId: ada.organizationId,
  });
  expect((await listAccounts(ada.organizationId)).count).toBe(2);
  expect((await listAccounts(shownNow)).count).toBe(1);
  const event = await db.prisma.auditEvent.findFirstOrThrow({ where: { actorId: ada.userId } });
  expect(event).toMatchObject({ action: "account.connected", ownerId: ada.organizationId });
});

test("neither the state nor what the network gave can be read in the database", async () => {
  const state = await begin();
  const stored = await db.prisma.$queryRaw`SELECT *, encode(state_hash, 'escape') AS hash FROM pending_connections`;
  expect(JSON.stringify(stored)).not.toContain(state);
  expect(JSON.stringify(stored)).not.toContain("of this installation");
});

test("a state is good for one return, also when two come together", async () => {
  const state = await begin();
  const code = "agreed";
  const outcomes = await Promise.all([finishConnection(ada, { state, code }), finishConnection(ada, { state, code })]);
  expect(outcomes.sort()).toEqual(["connected", "stale"]);
  expect(notes.authorize).toHaveBeenCalledTimes(1);
});

test("nobody else can bring a state back, and its owner still can", async () => {
  const state = await begin();
  const eve = await createMember();
  expect(await finishConnection(eve, { state, code: "agreed" })).toBe("stale");
  expect(await finishConnection(ada, { state, code: "agreed" })).toBe("connected");
  expect((await listAccounts(eve.organizationId)).count).toBe(1);
});

test.each([undefined, "", "never given"])("nothing is asked of the network for the state %j", async (state) => {
  await begin();
  expect(await finishConnection(ada, { state, code: "agreed" })).toBe("stale");
  expect(notes.authorize).not.toHaveBeenCalled();
});

test("after a quarter of an hour it is too late", async () => {
  const state = await begin();
  const { expiresAt } = await db.prisma.pendingConnection.findFirstOrThrow({
    where: { organizationId: ada.organizationId },
  });
  expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000);
  await db.prisma.pendingConnection.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await finishConnection(ada, { state, code: "agreed" })).toBe("stale");
  await begin();
  await expect(db.prisma.pendingConnection.count()).resolves.toBe(1);
});

test.each([
  [{ error: "access_denied" }, "denied"],
  [{ error: "server_error" }, "refused"],
  [{}, "refused"],
])("a return with %j connects nothing: %s", async (given, outcome) => {
  expect(await finishConnection(ada, { state: await begin(), ...given })).toBe(outcome);
  expect(notes.authorize).not.toHaveBeenCalled();
});

test("an error that a network sends for declining counts as declining, and others are logged by their names alone", async () => {
  Object.assign(notes, { denials: ["user_cancelled"] });
  expect(await finishConnection(ada, { state: await begin(), error: "user_cancelled" })).toBe("denied");
  Object.assign(notes, { denials: undefined });
  expect(log).not.toHaveBeenCalled();
  const returned = { error: "wrong_scope", error_description: "secret", code: "secret" };
  expect(await finishConnection(ada, { state: await begin(), ...returned })).toBe("refused");
  const lines = JSON.stringify(vi.mocked(log).mock.calls);
  expect(lines).toContain("notes: wrong_scope");
  expect(lines).not.toContain("secret");
});

test.each([
  ["refused", "refused"],
  ["uncertain", "unavailable"],
  ["rate_limited", "unavailable"],
] as const)("a network that answers the code with %s is told as %s", async (reason, outcome) => {
  notes.authorize.mockRejectedValue(new NetworkError(reason, say("server_said", { said: "No." })));
  expect(await finishConnection(ada, { state: await begin(), code: "agreed" })).toBe(outcome);
});
