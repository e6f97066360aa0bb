import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { keepConnections } from "#lib/accounts/keep-connections";
import { openAccount } from "#lib/accounts/refresh-credential";
import { saveConnection } from "#lib/accounts/save-connection";
import { notes, toConnection } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { toAccount } from "#lib/accounts/to-account";
import type { MemberActor } from "#lib/audit/schema";
import { closeDatabase, type Database } from "#lib/db/database";
import type { Connector } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { createMember } from "#lib/organizations/testing/test-member";
import { say } from "#lib/problems/problem";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

const DAY = 86_400_000;
const { refresh } = notes;
const connector = notes as Connector<null>;

let db: Database;
let ada: MemberActor;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  await db.prisma.socialAccount.deleteMany({ where: { network: "notes" } });
  ada = await createMember();
  Object.assign(notes, { refresh });
  delete connector.refreshAfterSeconds;
  let count = 0;
  refresh.mockReset().mockImplementation(async () => {
    return { credential: { token: `new ${++count}` }, expiresAt: inDays(60) };
  });
});

const inDays = (days: number) => new Date(Date.now() + days * DAY);
const connect = (expiresAt: Date | null) => saveConnection(ada, "notes", { ...toConnection(), expiresAt });
const read = (id: string) => db.prisma.socialAccount.findUniqueOrThrow({ where: { id } });
const change = (id: string, data: object) => db.prisma.socialAccount.update({ where: { id }, data });
const fail = (reason: "unavailable" | "expired") =>
  refresh.mockRejectedValue(new NetworkError(reason, say("server_said", { said: "No." })));
const subscribe = () =>
  db.prisma.webhookEndpoint.create({
    data: {
      ...{ organizationId: ada.organizationId, url: "https://hooks.example", secret: "" },
      events: ["account.expiring", "account.revoked"],
    },
  });
const listTold = async () =>
  (await db.prisma.webhookDelivery.findMany({ where: { endpoint: { organizationId: ada.organizationId } } })).map(
    ({ event }) => event,
  );
const daysUntil = (moment: Date | null) => ((moment?.getTime() ?? 0) - Date.now()) / DAY;

test.each([
  ["when half of its life is over", undefined, 60, 30],
  ["not before the network refreshes it", 3 * 86_400, 4, 3],
])("a credential is refreshed %s", async (_what, refreshAfterSeconds, life, wait) => {
  if (refreshAfterSeconds) connector.refreshAfterSeconds = refreshAfterSeconds;
  const { id } = await connect(inDays(life));
  expect(daysUntil((await read(id)).refreshAt)).toBeCloseTo(wait, 2);
  await keepConnections();
  expect(refresh).not.toHaveBeenCalled();
});

test("an idle account's credential is refreshed once, whoever looks, and planned again", async () => {
  const { id } = await connect(inDays(2));
  await change(id, { refreshAt: new Date(Date.now() - 1000) });
  await Promise.all(Array.from({ length: 4 }, () => keepConnections()));
  expect(refresh).toHaveBeenCalledTimes(1);
  const row = await read(id);
  expect(openAccount(row).credential).toEqual({ token: "new 1" });
  expect(daysUntil(row.refreshAt)).toBeCloseTo(30, 2);
  expect([row.refreshFailures, toAccount(row).status]).toEqual([0, "valid"]);
});

test("a failure is tried again after growing waits, and its account counts as expiring before the end", async () => {
  await subscribe();
  const { id } = await connect(inDays(2));
  fail("unavailable");
  const waits: number[] = [];
  for (let round = 1; round <= 3; round++) {
    await change(id, { refreshAt: new Date(Date.now() - 1000) });
    await keepConnections();
    await keepConnections();
    expect(refresh).toHaveBeenCalledTimes(round);
    waits.push(daysUntil((await read(id)).refreshAt) * 86_400);
  }
  expect(waits.map((wait) => Math.round(wait / 60))).toEqual([1, 4, 16]);
  expect(toAccount(await read(id)).status).toBe("expiring");
  expect(await listTold()).toEqual(["account.expiring"]);
});

test("a credential that its network does not refresh any more is revoked", async () => {
  await subscribe();
  const { id } = await connect(inDays(2));
  await change(id, { refreshAt: new Date(Date.now() - 1000) });
  fail("expired");
  await keepConnections();
  expect(toAccount(await read(id)).status).toBe("revoked");
  expect(await listTold()).toEqual(["account.revoked"]);
});

test("an account that cannot be refreshed is announced once in its last seven days, and is revoked at its end", async () => {
  Object.assign(notes, { refresh: undefined });
  await subscribe();
  const { id } = await connect(inDays(7.1));
  await keepConnections();
  expect([(await read(id)).refreshAt, toAccount(await read(id)).status, await listTold()]).toEqual([null, "valid", []]);
  await change(id, { expiresAt: inDays(6.9) });
  await Promise.all([keepConnections(), keepConnections()]);
  await keepConnections();
  expect([toAccount(await read(id)).status, await listTold()]).toEqual(["expiring", ["account.expiring"]]);
  await change(id, { expiresAt: new Date(Date.now() - 1000) });
  await keepConnections();
  await keepConnections();
  expect(toAccount(await read(id)).status).toBe("revoked");
  expect((await listTold()).sort()).toEqual(["account.expiring", "account.revoked"]);
});

test("an account that is reconnected in its last days is announced again in the next ones", async () => {
  Object.assign(notes, { refresh: undefined });
  const { id } = await connect(inDays(3));
  await keepConnections();
  expect((await read(id)).expiringAt).not.toBeNull();
  const { networkUserId } = await read(id);
  await saveConnection(ada, "notes", { ...toConnection(networkUserId), expiresAt: inDays(60) });
  expect(await read(id)).toMatchObject({ expiringAt: null, refreshAt: null });
});

test("disconnected and revoked accounts are left alone", async () => {
  for (const ended of [{ disconnectedAt: new Date(), credential: null }, { revokedAt: new Date() }]) {
    const { id } = await connect(inDays(2));
    await change(id, { refreshAt: new Date(Date.now() - 1000), ...ended });
  }
  await keepConnections();
  expect(refresh).not.toHaveBeenCalled();
});
