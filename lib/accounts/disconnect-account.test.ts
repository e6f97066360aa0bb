import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { disconnectAccount } from "#lib/accounts/disconnect-account";
import { getOwnAccount, listAccounts } from "#lib/accounts/get-account";
import { openAccount } from "#lib/accounts/refresh-credential";
import { saveConnection } from "#lib/accounts/save-connection";
import { notes, toConnection } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { NetworkError } from "#lib/networks/network-error";
import { createMember } from "#lib/organizations/testing/test-member";
import { say } from "#lib/problems/problem";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

let db: Database;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);

test("a disconnected account has no credential, its waiting posts are cancelled, and the others stay", async () => {
  const ada = await createMember();
  const { id: accountId } = await saveConnection(ada, "notes", toConnection());
  const statuses = ["scheduled", "queued", "publishing", "published", "failed", "unknown"];
  const wakeAt = new Date();
  await db.prisma.post.createMany({
    data: statuses.map((status) => ({ organizationId: ada.organizationId, accountId, status, parts: [], wakeAt })),
  });
  expect((await getOwnAccount(ada.organizationId, accountId)).waiting_posts).toBe(2);
  await disconnectAccount(ada, accountId);
  const posts = await db.prisma.post.findMany({ where: { accountId }, orderBy: { status: "asc" } });
  expect(posts.map(({ status }) => status)).toEqual([
    ...["cancelled", "cancelled", "failed", "published", "publishing", "unknown"],
  ]);
  expect(posts[0]).toMatchObject({ wakeAt: null, error: expect.stringContaining("disconnected") });
  expect(posts[4]).toMatchObject({ wakeAt });
  const row = await db.prisma.socialAccount.findUniqueOrThrow({ where: { id: accountId } });
  expect(row.credential).toBeNull();
  expect(() => openAccount(row)).toThrow(expect.objectContaining({ reason: "revoked" }));
});

test("nobody disconnects another organization's account, one that is not there, or the sandbox", async () => {
  const [ada, eve] = [await createMember(), await createMember()];
  const { id } = await saveConnection(ada, "notes", toConnection());
  for (const foreign of [id, crypto.randomUUID(), "x", undefined]) {
    await expect(disconnectAccount(eve, foreign)).rejects.toMatchObject({ status: 404, message: "Account not found" });
  }
  const { accounts } = await listAccounts(ada.organizationId);
  await expect(disconnectAccount(ada, accounts[0]?.account_id)).rejects.toMatchObject({ code: "InvalidState" });
  await disconnectAccount(ada, id);
  await expect(disconnectAccount(ada, id)).rejects.toMatchObject({ status: 404 });
  expect((await listAccounts(ada.organizationId)).count).toBe(1);
});

test("the network is given the credential back, and one that cannot be told changes nothing", async () => {
  const ada = await createMember();
  notes.disconnect.mockReset().mockRejectedValue(new NetworkError("unavailable", say("server_said", { said: "down" })));
  const { id } = await saveConnection(ada, "notes", toConnection());
  await disconnectAccount(ada, id);
  const account = expect.objectContaining({ accountId: id, credential: { token: "first" } });
  await vi.waitFor(() => expect(notes.disconnect).toHaveBeenCalledExactlyOnceWith(account));
  await expect(getOwnAccount(ada.organizationId, id)).rejects.toMatchObject({ status: 404 });
});
