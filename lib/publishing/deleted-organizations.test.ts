import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { ClaimLostError } from "#lib/due/claim";
import { send } from "#lib/invitations/testing/invited";
import { verifySecret } from "#lib/keys/verify-secret";
import { deleteOrganization } from "#lib/organizations/delete-organization";
import { listOrganizations } from "#lib/organizations/list-organizations";
import { actIn, createTeam, generate, type Team } from "#lib/organizations/testing/team";
import { createPost } from "#lib/posts/create-post";
import { readClaimed } from "#lib/publishing/due-posts";
import { writeBoundary } from "#lib/publishing/part-writes";
import { publishPost } from "#lib/publishing/publish-post";
import { useTestKey } from "#lib/testing/process-state";

let db: Database;
beforeAll(async () => {
  useTestKey();
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);

const writePost = async ({ organizationId, owner }: Team): Promise<string> => {
  const user = { id: owner.id, name: null, email: owner.email };
  const parts: [{ text: string; mediaUrls: []; altTexts: [] }] = [{ text: "Hello", mediaUrls: [], altTexts: [] }];
  const draft = { accountId: undefined, network: undefined, parts, scheduledAt: new Date(Date.now() + 86_400_000) };
  const created = await createPost({ organizationId, keyId: null, user }, draft, undefined);
  if (!("post" in created)) throw new Error("It was there before.");
  return created.post.id;
};
const statusOf = async (id: string) => (await db.prisma.post.findUniqueOrThrow({ where: { id } })).status;

test("when a deletion returns, keys are refused, nothing waits, nothing is stored and nobody is a member", async () => {
  const team = await createTeam();
  const { organizationId } = team;
  const { secret } = await generate(organizationId, team.member);
  const waiting = await writePost(team);
  const account = await db.prisma.socialAccount.create({
    data: {
      ...{ organizationId, network: "mastodon", networkUserId: "1", username: "team", displayName: "Team" },
      credential: "sealed",
    },
  });
  await db.prisma.webhookEndpoint.create({
    data: { organizationId, url: "https://example.com", secret: "sealed", events: ["post.published"] },
  });
  const invitation = await send(organizationId, team.owner, { email: `${randomUUID()}@example.com` });
  await deleteOrganization(actIn(team.owner, organizationId), " Team ");

  await expect(verifySecret(secret)).rejects.toMatchObject({ reason: "deleted" });
  expect(await db.prisma.post.findUnique({ where: { id: waiting } })).toMatchObject({ wakeAt: null });
  expect(await publishPost(waiting)).toBeUndefined();
  expect(await statusOf(waiting)).toBe("cancelled");
  expect(await db.prisma.socialAccount.findUnique({ where: { id: account.id } })).toMatchObject({ credential: null });
  expect(await db.prisma.webhookEndpoint.count({ where: { organizationId } })).toBe(0);
  expect(await db.prisma.invitation.findUnique({ where: { id: invitation } })).toMatchObject({ outcome: "revoked" });
  for (const person of [team.owner, team.admin, team.member]) {
    expect((await listOrganizations(person.id, null)).organizations).toEqual([]);
    const again = deleteOrganization(actIn(person, organizationId), "Team");
    await expect(again).rejects.toMatchObject({ code: "NotFound" });
  }
});

test("whoever publishes one of its posts at that moment sends no further part", async () => {
  const team = await createTeam();
  const id = await writePost(team);
  const claimId = randomUUID();
  await db.prisma.$executeRaw`
    UPDATE posts SET status = 'publishing', claim_id = ${claimId}::uuid, wake_at = clock_timestamp() + interval '30 seconds'
    WHERE id = ${id}::uuid`;
  const [claimed] = [...(await readClaimed([{ id, claimId, isLate: false } as never])).values()];
  if (!claimed) throw new Error("It is not claimed.");
  await writeBoundary(claimed, 0, { identity: "first", handle: undefined });
  await deleteOrganization(actIn(team.owner, team.organizationId), "Team");
  await expect(writeBoundary(claimed, 1, { identity: "second", handle: undefined })).rejects.toThrow(ClaimLostError);
  expect(await statusOf(id)).toBe("cancelled");
});

test("another name than its own deletes nothing", async () => {
  const team = await createTeam();
  for (const typed of ["", "team", "Team.", "Te\u0000am"]) {
    const deletion = deleteOrganization(actIn(team.owner, team.organizationId), typed);
    await expect(deletion).rejects.toMatchObject({ code: "InvalidRequest", fields: { name: expect.any(Array) } });
  }
  expect((await listOrganizations(team.owner.id, null)).organizations).toMatchObject([
    { name: "Team", members_count: 3 },
  ]);
});
