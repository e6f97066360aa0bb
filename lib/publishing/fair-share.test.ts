import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { claimMany } from "#lib/due/claim";
import { POSTS } from "#lib/publishing/due-posts";
import { acceptPost, createOwner, type Owner } from "#lib/publishing/testing/test-post";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

let db: Database;
let busy: Owner;
let quiet: Owner;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  await db.prisma.post.deleteMany();
  [busy, quiet] = [await createOwner(), await createOwner()];
});

const queueMany = ({ organizationId, accountId }: Owner, count: number) => db.prisma.$executeRaw`
  INSERT INTO posts (id, organization_id, account_id, status, parts, wake_at)
  SELECT gen_random_uuid(), ${organizationId}::uuid, ${accountId}::uuid, 'queued', '[{"text": "One of many", "mediaUrls": []}]',
         now() - interval '1 minute'
  FROM generate_series(1, ${count}::int)`;

test("an account with thousands of due posts does not hold up the next account's one", async () => {
  await queueMany(busy, 5000);
  const id = await acceptPost(quiet, ["The only one"]);
  const none = await claimMany(POSTS, { limit: 0, perLane: 5, lanesUnderWay: [] });
  expect(none.claims).toEqual([]);
  const { claims } = await claimMany(POSTS, { limit: 10, perLane: 5, lanesUnderWay: [] });
  expect(claims).toHaveLength(6);
  expect(claims.map((claim) => claim.id)).toContain(id);
});

test("what is under way of an account counts, and one post of each comes before the second of any", async () => {
  await queueMany(busy, 5000);
  await queueMany(quiet, 3);
  const lanesUnderWay = Array(4).fill(busy.accountId);
  const { claims } = await claimMany(POSTS, { limit: 100, perLane: 5, lanesUnderWay });
  expect(claims.filter(({ lane }) => lane === busy.accountId)).toHaveLength(1);
  expect(claims.filter(({ lane }) => lane === quiet.accountId)).toHaveLength(3);
  await db.prisma.post.deleteMany();
  await queueMany(busy, 10);
  await queueMany(quiet, 10);
  const fair = await claimMany(POSTS, { limit: 4, perLane: 10, lanesUnderWay: [] });
  expect(new Set(fair.claims.map(({ lane }) => lane)).size).toBe(2);
});

test("what is not due yet is not claimed, and nothing is claimed twice", async () => {
  await acceptPost(busy, ["later"], new Date(Date.now() + 60_000));
  const id = await acceptPost(busy, ["now"]);
  const caps = { limit: 100, perLane: 100, lanesUnderWay: [] };
  const both = await Promise.all([claimMany(POSTS, caps), claimMany(POSTS, caps)]);
  expect(both.flatMap(({ claims }) => claims.map((claim) => claim.id))).toEqual([id]);
});
