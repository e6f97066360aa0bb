import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { checkAccount } from "#lib/accounts/check-account";
import { disconnectAccount } from "#lib/accounts/disconnect-account";
import { openAccount, refreshCredential } from "#lib/accounts/refresh-credential";
import { saveConnection } from "#lib/accounts/save-connection";
import { notes, toConnection } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import type { MemberActor } from "#lib/audit/schema";
import { closeDatabase, type Database } from "#lib/db/database";
import { NetworkError } from "#lib/networks/network-error";
import { createMember } from "#lib/organizations/testing/test-member";
import { say } from "#lib/problems/problem";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

const STALE = { token: "first" };
const FRESH = { token: "second" };

let db: Database;
let ada: MemberActor;
let id: string;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  ada = await createMember();
  id = (await saveConnection(ada, "notes", toConnection("ada"))).id;
  notes.refresh.mockReset().mockResolvedValue({ credential: FRESH, expiresAt: null });
  notes.check.mockReset().mockImplementation(async ({ credential }) => {
    if (credential.token === "first")
      throw new NetworkError("expired", say("server_said", { said: "The token has expired." }));
    return { ...toConnection(), displayName: "Ada Lovelace", organizationId: "whatever else it says" };
  });
});

const row = () => db.prisma.socialAccount.findUniqueOrThrow({ where: { id } });

test("of many who find a credential expired, one asks the network and all go on with what it got", async () => {
  const accounts = await Promise.all(Array.from({ length: 8 }, () => refreshCredential(id, STALE)));
  expect(accounts.map(({ credential }) => credential)).toEqual(Array.from({ length: 8 }, () => FRESH));
  expect(notes.refresh).toHaveBeenCalledTimes(1);
  expect(openAccount(await row()).credential).toEqual(FRESH);
  expect((await row()).refreshingUntil).toBeNull();
});

test("a claim holds while its process asks, and is taken over once it has lapsed", async () => {
  await db.prisma.socialAccount.update({ where: { id }, data: { refreshingUntil: new Date(Date.now() + 3_600_000) } });
  const waiting = refreshCredential(id, STALE);
  await vi.waitFor(async () => expect((await row()).refreshingUntil).not.toBeNull());
  expect(notes.refresh).not.toHaveBeenCalled();
  await db.prisma.socialAccount.update({ where: { id }, data: { refreshingUntil: new Date(Date.now() - 1000) } });
  await expect(waiting).resolves.toMatchObject({ credential: FRESH });
});

test("a network that brings the same credential again is asked once a call, and the account keeps what it has", async () => {
  notes.refresh.mockResolvedValue({ credential: STALE, expiresAt: null });
  await expect(refreshCredential(id, STALE)).rejects.toMatchObject({ reason: "unavailable" });
  expect(notes.refresh).toHaveBeenCalledTimes(1);
  expect(await row()).toMatchObject({ revokedAt: null, refreshingUntil: null });
  await expect(checkAccount(ada, id)).rejects.toMatchObject({ status: 503 });
  expect(notes.refresh).toHaveBeenCalledTimes(2);
});

test("an account that is connected anew while it is refreshed keeps its newer credential", async () => {
  notes.refresh.mockImplementation(async () => {
    await saveConnection(ada, "notes", toConnection("ada", "anew"));
    return { credential: FRESH, expiresAt: null };
  });
  await expect(refreshCredential(id, STALE)).resolves.toMatchObject({ credential: { token: "anew" } });
});

test("an account that is disconnected while it is refreshed stays without a credential", async () => {
  notes.refresh.mockImplementation(async () => {
    await disconnectAccount(ada, id);
    return { credential: FRESH, expiresAt: null };
  });
  await expect(refreshCredential(id, STALE)).rejects.toMatchObject({ reason: "revoked" });
  expect((await row()).credential).toBeNull();
});

test.each(["revoked", "expired"] as const)(
  "an account whose refresh is answered with %s is revoked",
  async (reason) => {
    notes.refresh.mockRejectedValue(new NetworkError(reason, say("server_said", { said: "No." })));
    await expect(refreshCredential(id, STALE)).rejects.toMatchObject({ reason: "revoked" });
    expect((await row()).revokedAt).not.toBeNull();
  },
);

test("a network that cannot be reached changes nothing, and the next may try at once", async () => {
  notes.refresh.mockRejectedValueOnce(new NetworkError("unavailable", say("server_said", { said: "down" })));
  await expect(refreshCredential(id, STALE)).rejects.toMatchObject({ reason: "unavailable" });
  expect(await row()).toMatchObject({ revokedAt: null, refreshingUntil: null });
  await expect(refreshCredential(id, STALE)).resolves.toMatchObject({ credential: FRESH });
});

test("testing an account refreshes what expired and keeps what the network says", async () => {
  expect(await checkAccount(ada, id)).toMatchObject({ display_name: "Ada Lovelace", status: "valid" });
  expect(openAccount(await row()).credential).toEqual(FRESH);
});

test("a test finds out that an account is revoked, and that it is not any more", async () => {
  notes.check.mockRejectedValueOnce(new NetworkError("revoked", say("server_said", { said: "Unknown token." })));
  expect(await checkAccount(ada, id)).toMatchObject({ status: "revoked", is_valid: false });
  expect(await checkAccount(ada, id)).toMatchObject({ status: "valid", is_valid: true });
});

test("a test of a network that is down says so and changes nothing", async () => {
  notes.check.mockRejectedValue(new NetworkError("unavailable", say("server_said", { said: "down" })));
  const before = await row();
  await expect(checkAccount(ada, id)).rejects.toMatchObject({ status: 503 });
  expect(await row()).toEqual(before);
});

test("a webhook that asked for it is told of a revoked account once", async () => {
  const endpoint = {
    organizationId: ada.organizationId,
    url: "https://hooks.example",
    secret: "",
    events: ["account.revoked"],
  };
  const { id: endpointId } = await db.prisma.webhookEndpoint.create({ data: endpoint });
  notes.check.mockRejectedValue(new NetworkError("revoked", say("server_said", { said: "Unknown token." })));
  await checkAccount(ada, id);
  await checkAccount(ada, id);
  const told = await db.prisma.webhookDelivery.findMany({ where: { endpointId } });
  expect(told.map(({ payload }) => JSON.parse(payload))).toEqual([
    expect.objectContaining({ type: "account.revoked", data: expect.objectContaining({ account_id: id }) }),
  ]);
});

test("nobody tests another organization's account", async () => {
  const stranger = await createMember();
  await expect(checkAccount(stranger, id)).rejects.toMatchObject({ status: 404 });
  await expect(checkAccount(stranger, "x")).rejects.toMatchObject({ status: 404 });
  expect(notes.check).not.toHaveBeenCalled();
});

test("what a worker found revoked is not held against an account that was connected anew since", async () => {
  notes.check.mockImplementation(async () => {
    await saveConnection(ada, "notes", toConnection("ada", "anew"));
    throw new NetworkError("revoked", say("server_said", { said: "Unknown token." }));
  });
  expect(await checkAccount(ada, id)).toMatchObject({ status: "valid" });
});
