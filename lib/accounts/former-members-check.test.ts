import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { checkAccount } from "#lib/accounts/check-account";
import { saveConnection } from "#lib/accounts/save-connection";
import { notes, toConnection } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { NetworkError } from "#lib/networks/network-error";
import { removeMember } from "#lib/organizations/remove-member";
import { actIn, createTeam } from "#lib/organizations/testing/team";
import { say } from "#lib/problems/problem";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

let db: Database;
beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);

test("what a network says to somebody who was removed meanwhile changes nothing", async () => {
  const { organizationId, owner, member } = await createTeam();
  const { id } = await saveConnection(actIn(owner, organizationId), notes.network, toConnection());
  notes.check.mockImplementationOnce(async () => {
    await removeMember(actIn(owner, organizationId), member.id, undefined);
    throw new NetworkError("revoked", say("connection_refused"));
  });
  await expect(checkAccount(actIn(member, organizationId), id)).rejects.toMatchObject({ code: "NotFound" });
  expect(await db.prisma.socialAccount.findUnique({ where: { id } })).toMatchObject({ revokedAt: null });
});
