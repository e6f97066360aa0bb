import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { createMember } from "#lib/organizations/testing/test-member";
import { sweepMedia } from "#lib/posts/check-media";
import { useMediaFolder } from "#lib/testing/process-state";

let db: Database;
const folder = await mkdtemp(path.join(tmpdir(), "boring-sweep-"));

beforeAll(async () => {
  db = await useAccountsDatabase();
  useMediaFolder(folder);
});
afterAll(async () => {
  await closeDatabase();
  await rm(folder, { recursive: true });
});

async function keep(postId: string): Promise<string> {
  await mkdir(path.join(folder, postId));
  await writeFile(path.join(folder, postId, "medium"), "bytes");
  return postId;
}

async function keepFor(status: string): Promise<string> {
  const { organizationId } = await createMember();
  const { id: accountId } = await db.prisma.socialAccount.findFirstOrThrow({ where: { organizationId } });
  const id = randomUUID();
  await db.prisma.post.create({ data: { id, organizationId, accountId, status, parts: [] } });
  return keep(id);
}

test("media are kept until their post is settled, and no longer", async () => {
  const statuses = ["scheduled", "queued", "publishing", "published", "failed", "unknown", "cancelled"];
  const ids: Record<string, string> = {};
  for (const status of statuses) ids[status] = await keepFor(status);
  await sweepMedia();
  const left = await readdir(folder);
  expect(statuses.filter((status) => left.includes(ids[status] ?? ""))).toEqual(["scheduled", "queued", "publishing"]);
});

test("media of a post that is just being accepted stay, and what belongs to no post goes when it is old", async () => {
  const [fresh, old, foreign] = [await keep(randomUUID()), await keep(randomUUID()), await keep("not-a-post")];
  for (const name of [old, foreign]) await utimes(path.join(folder, name), new Date(0), new Date(0));
  await sweepMedia();
  const left = await readdir(folder);
  expect([fresh, old, foreign].map((name) => left.includes(name))).toEqual([true, false, false]);
});
