import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { chooseAccounts, findChoices } from "#lib/accounts/choose-accounts";
import { connectAccount } from "#lib/accounts/connect-account";
import { finishConnection } from "#lib/accounts/finish-connection";
import { listAccounts } from "#lib/accounts/get-account";
import { openAccount } from "#lib/accounts/refresh-credential";
import { MAX_ACCOUNTS_PER_ORGANIZATION } from "#lib/accounts/schema";
import { notes, toConnection } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import type { MemberActor } from "#lib/audit/schema";
import { closeDatabase, type Database } from "#lib/db/database";
import { createMember } from "#lib/organizations/testing/test-member";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

const expiresAt = new Date("2099-01-01T00:00:00.000Z");
const CHOICES = {
  choices: ["one", "two", "three"].map((id) => ({
    ...{ id, label: `Page ${id}` },
    connection: { ...toConnection(id, `token of ${id}`), expiresAt },
  })),
};
const LABELS = CHOICES.choices.map(({ id, label }) => ({ id, label }));
const FIELDS = { handle: "ada", password: "secret" };

let db: Database;
let ada: MemberActor;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  ada = await createMember();
  notes.connect.mockReset().mockResolvedValue(CHOICES);
  notes.authorize.mockReset().mockResolvedValue(CHOICES);
});

/** What a user may choose from, given at once or after they agreed on the network's own page. */
const offer = async (): Promise<string> => {
  const offered = await connectAccount(ada, { network: "notes", fields: FIELDS });
  if (!("choices" in offered)) throw new Error("nothing is offered");
  expect(offered).toEqual({ choices_id: expect.any(String), network: "notes", choices: LABELS });
  return offered.choices_id;
};
const listOthers = async () => (await listAccounts(ada.organizationId)).accounts.slice(1);

test("who comes back from the network's page chooses one, and only that is connected", async () => {
  let state = "";
  notes.connect.mockImplementation(async (_given, callback) => {
    ({ state } = callback);
    return { authorizationUrl: "https://notes.example/oauth", serverUrl: "https://notes.example", credential: {} };
  });
  await connectAccount(ada, { network: "notes", fields: FIELDS });
  const { outcome, choicesId = "" } = await finishConnection(ada, { state, code: "agreed" });
  expect(outcome).toBe("choose");
  expect(await listOthers()).toEqual([]);
  expect(await findChoices(ada, choicesId)).toEqual({ choices_id: choicesId, network: "notes", choices: LABELS });
  const [account, ...others] = await chooseAccounts(ada, { choices_id: choicesId, chosen: ["two"] });
  expect(others).toEqual([]);
  const row = await db.prisma.socialAccount.findUniqueOrThrow({ where: { id: account?.account_id ?? "" } });
  expect(row).toMatchObject({ networkUserId: "two", expiresAt });
  expect(openAccount(row).credential).toEqual({ token: "token of two" });
  expect(await listOthers()).toHaveLength(1);
  expect(await findChoices(ada, choicesId)).toBeUndefined();
  await expect(chooseAccounts(ada, { choices_id: choicesId, chosen: ["two"] })).rejects.toMatchObject({ status: 409 });
});

test("several are connected at once, and one that was not offered refuses all", async () => {
  const choices_id = await offer();
  const strange = chooseAccounts(ada, { choices_id, chosen: ["one", "four"] });
  await expect(strange).rejects.toMatchObject({ status: 400, fields: { chosen: [{ code: "choice_unknown" }] } });
  expect(await listOthers()).toEqual([]);
  expect(await chooseAccounts(ada, { choices_id, chosen: ["one", "three", "one"] })).toHaveLength(2);
});

test("where there is room for one, two are refused and can be chosen from again", async () => {
  const choices_id = await offer();
  const others = Array.from({ length: MAX_ACCOUNTS_PER_ORGANIZATION - 2 }, (_, index) => ({
    ...{ organizationId: ada.organizationId, network: "notes", networkUserId: `other ${index}`, username: "other" },
    ...{ displayName: "Other", capabilities: {} },
  }));
  await db.prisma.socialAccount.createMany({ data: others });
  const two = chooseAccounts(ada, { choices_id, chosen: ["one", "two"] });
  await expect(two).rejects.toMatchObject({ status: 409, problem: { code: "account_limit" } });
  expect(await db.prisma.socialAccount.count({ where: { organizationId: ada.organizationId } })).toBe(
    MAX_ACCOUNTS_PER_ORGANIZATION - 1,
  );
  expect(await chooseAccounts(ada, { choices_id, chosen: ["one"] })).toHaveLength(1);
});

test("nobody else, and no other organization, sees the choices", async () => {
  const choices_id = await offer();
  const eve = await createMember();
  for (const stranger of [
    eve,
    { ...ada, organizationId: eve.organizationId },
    { ...eve, organizationId: ada.organizationId },
  ]) {
    expect(await findChoices(stranger, choices_id)).toBeUndefined();
    await expect(chooseAccounts(stranger, { choices_id, chosen: ["one"] })).rejects.toMatchObject({ status: 409 });
  }
  expect(await listOthers()).toEqual([]);
});

test("after a quarter of an hour nothing can be chosen, and choices are no state to come back with", async () => {
  const choices_id = await offer();
  expect((await finishConnection(ada, { state: choices_id, code: "agreed" })).outcome).toBe("stale");
  const { expiresAt: end } = await db.prisma.pendingConnection.findFirstOrThrow({ where: { userId: ada.userId } });
  expect(end.getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000);
  await db.prisma.pendingConnection.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await findChoices(ada, choices_id)).toBeUndefined();
});

test("neither the tokens nor the id can be read in the database", async () => {
  const choices_id = await offer();
  const stored = JSON.stringify(
    await db.prisma.$queryRaw`SELECT *, encode(state_hash, 'escape') AS hash FROM pending_connections`,
  );
  expect(stored).not.toContain("token of");
  expect(stored).not.toContain(choices_id);
});
