import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { publishPost } from "#lib/publishing/publish-post";
import { failOnce, startNetwork } from "#lib/publishing/testing/test-network";
import { acceptPost, createOwner, type Owner, readPost } from "#lib/publishing/testing/test-post";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

let db: Database;
let owner: Owner;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  startNetwork();
  owner = await createOwner();
});

test.each([
  ["a laptop that slept does not publish the morning's post at night", "12 hours", "11 hours", "failed"],
  ["what was due shortly before it went to sleep is not too late", "12 hours", "30 minutes", "published"],
  ["an instance that starts beside others publishes what they would have", "1 second", "11 hours", "published"],
  ["a restart of some minutes misses nothing", "5 minutes", "3 hours", "published"],
])("%s", async (_name, seenBefore, dueBefore, status) => {
  const id = await acceptPost(owner, ["one"], new Date(Date.now() + 60_000));
  await db.prisma.$executeRaw`
    UPDATE publishing_presence SET since = now() - interval '30 days', seen_at = now() - ${seenBefore}::interval`;
  await db.prisma.$executeRaw`UPDATE posts SET wake_at = now() - ${dueBefore}::interval WHERE id = ${id}::uuid`;
  await publishPost(id);
  expect(await readPost(owner)).toMatchObject({ status, error_name: status === "failed" ? "MissedSchedule" : null });
});

test("what was claimed and not sent when everybody went to sleep is missed as well, and what may have been sent is asked about", async () => {
  for (const isPastBoundary of [false, true]) {
    const id = await acceptPost(owner, [`past its boundary: ${isPastBoundary}`]);
    failOnce("publish", "uncertain");
    await publishPost(id);
    await db.prisma.$executeRaw`UPDATE publishing_presence SET since = now(), seen_at = now()`;
    await db.prisma.$executeRaw`
      UPDATE posts SET status = 'publishing', claim_id = gen_random_uuid(), wake_at = now() - interval '3 hours' WHERE id = ${id}::uuid`;
    if (!isPastBoundary) await db.prisma.postPart.updateMany({ where: { postId: id }, data: { boundaryAt: null } });
    await publishPost(id);
    const post = await db.prisma.post.findUniqueOrThrow({ where: { id } });
    expect(post.status).toBe(isPastBoundary ? "published" : "failed");
  }
});
