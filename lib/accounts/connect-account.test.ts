import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { connectAccount } from "#lib/accounts/connect-account";
import { disconnectAccount } from "#lib/accounts/disconnect-account";
import { getOwnAccount, listAccounts } from "#lib/accounts/get-account";
import { openAccount } from "#lib/accounts/refresh-credential";
import { type Account, MAX_ACCOUNTS_PER_ORGANIZATION } from "#lib/accounts/schema";
import { notes, toConnection } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import type { MemberActor } from "#lib/audit/schema";
import { closeDatabase, type Database } from "#lib/db/database";
import { ConnectError, NetworkError } from "#lib/networks/network-error";
import { createMember } from "#lib/organizations/testing/test-member";
import { say } from "#lib/problems/problem";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

let db: Database;
let ada: MemberActor;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  ada = await createMember();
  notes.connect.mockReset().mockImplementation(async ({ handle }) => toConnection(handle));
});

const connect = (fields: Record<string, string> = { handle: "ada", password: "secret" }, actor = ada) =>
  connectAccount(actor, { network: "notes", fields });
const connected = async (handle?: string) =>
  (await connect({ handle: handle ?? "ada", password: "secret" })) as Account & { shown?: unknown };
const rowOf = (id: string) => db.prisma.socialAccount.findUniqueOrThrow({ where: { id } });

test("what the network says of an account is stored, and its credential can be read by nobody else", async () => {
  const account = await connected();
  expect(account).toMatchObject({ social_channel_type: "notes", username: "ada@notes.example", status: "valid" });
  expect(account.capabilities.text_limit).toBe(300);
  expect(JSON.stringify(account)).not.toContain("first");
  const row = await rowOf(account.account_id);
  expect(row.credential).toMatch(/^v1\.tests\./);
  expect(openAccount(row)).toMatchObject({ accountId: row.id, networkUserId: "ada", credential: { token: "first" } });
  expect(() => openAccount({ ...row, id: ada.organizationId })).toThrow(/changed after it was encrypted/);
  expect((await listAccounts(ada.organizationId)).count).toBe(2);
  await expect(db.prisma.credentialKey.count({ where: { id: "tests" } })).resolves.toBe(1);
});

test("a preset stands for what was not given, and spaces around what was given are removed", async () => {
  await connect({ handle: " ada ", password: "secret", server: "  " });
  const given = { handle: "ada", password: "secret", server: "https://notes.example" };
  expect(notes.connect).toHaveBeenCalledWith(given, {
    url: "http://localhost:3000/accounts/callback",
    state: expect.stringMatching(/^[\w-]{43}$/),
  });
});

test("what is shown once is in the answer and nowhere else", async () => {
  notes.connect.mockResolvedValue({ ...toConnection(), shown: { signing_secret: "whsec_once" } });
  expect((await connected()).shown).toEqual({ signing_secret: "whsec_once" });
  expect(JSON.stringify(await db.prisma.socialAccount.findMany())).not.toContain("whsec_once");
});

test("connecting again gives the same account its new credential, also after it was disconnected or revoked", async () => {
  const { account_id: id } = await connected();
  await db.prisma.socialAccount.update({ where: { id }, data: { revokedAt: new Date() } });
  notes.connect.mockResolvedValue(toConnection("ada", "second"));
  expect(await connected()).toMatchObject({ account_id: id, status: "valid" });
  await disconnectAccount(ada, id);
  await expect(getOwnAccount(ada.organizationId, id)).rejects.toMatchObject({ status: 404 });
  notes.connect.mockResolvedValue(toConnection("ada", "third"));
  expect(await connected()).toMatchObject({ account_id: id, status: "valid" });
  expect(openAccount(await rowOf(id)).credential).toEqual({ token: "third" });
});

test("two organizations that connect the same account have one each", async () => {
  const mine = await connected();
  const theirs = await connect(undefined, await createMember());
  expect(theirs).not.toMatchObject({ account_id: mine.account_id });
});

test.each([
  [{}, "MissingParameter", ["fields.handle", "fields.password"]],
  [{ handle: "ada" }, "MissingParameter", ["fields.password"]],
  [{ handle: "ada", password: "x", constructor: "y" }, "InvalidRequest", ["fields.constructor"]],
])("of %j the fields that are wrong are named, and nobody is asked", async (fields, code, wrong) => {
  const messages = Object.fromEntries(wrong.map((field) => [field, [{ code: expect.any(String) }]]));
  await expect(connect(fields)).rejects.toMatchObject({ code, fields: messages });
  expect(notes.connect).not.toHaveBeenCalled();
});

test.each(["sandbox", "nowhere", "__proto__"])("%s is no network that can be connected", async (network) => {
  const connecting = connectAccount(ada, { network, fields: {} });
  await expect(connecting).rejects.toMatchObject({
    code: "InvalidPlatform",
    fields: { network: [{ code: "expected_one_of" }] },
  });
});

const NO_HANDLE = "There is no such handle.";

test.each([
  [
    new ConnectError("handle", say("server_said", { said: NO_HANDLE })),
    { status: 400, fields: { "fields.handle": [{ code: "server_said", params: { said: NO_HANDLE } }] } },
  ],
  [
    new NetworkError("refused", say("server_said", { said: "Wrong password." })),
    { status: 400, message: "Wrong password." },
  ],
  [
    new NetworkError("unavailable", say("server_said", { said: "notes.example is down" })),
    { status: 503, headers: { "Retry-After": "30" } },
  ],
  [
    new NetworkError("rate_limited", say("server_said", { said: "" }), { retryAt: new Date(0) }),
    { status: 429, headers: { "Retry-After": "1" } },
  ],
])("what the network says is told with what to do: %o", async (error, told) => {
  notes.connect.mockRejectedValue(error);
  await expect(connect()).rejects.toMatchObject(told);
  expect((await listAccounts(ada.organizationId)).count).toBe(1);
});

test("no organization has more than 50 accounts, but each of them can be connected again", async () => {
  const rows = Array.from({ length: MAX_ACCOUNTS_PER_ORGANIZATION - 2 }, (_, index) => ({
    ...{
      organizationId: ada.organizationId,
      network: "notes",
      networkUserId: `n${index}`,
      username: "n",
      displayName: "N",
    },
  }));
  await db.prisma.socialAccount.createMany({ data: rows });
  const last = await Promise.allSettled([connected("a"), connected("b")]);
  expect(last.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(connected("n7")).resolves.toMatchObject({ status: "valid" });
  await expect(connected("c")).rejects.toMatchObject({ code: "LimitReached" });
});

test("connecting and disconnecting are in their owner's log, without anything secret", async () => {
  const { account_id: id } = await connected();
  await disconnectAccount(ada, id);
  const events = await db.prisma.auditEvent.findMany({
    where: { ownerId: ada.organizationId },
    orderBy: { seq: "asc" },
  });
  expect(events.map(({ action }) => action)).toEqual(["account.connected", "account.disconnected"]);
  expect(JSON.parse(events[0]?.details ?? "")).toEqual({
    account_id: id,
    network: "notes",
    username: "ada@notes.example",
  });
});
