import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { announcedIn, listen, toldTo } from "#lib/notices/testing/notices";
import { watchKeys } from "#lib/notices/watch-keys";
import { createTeam, generate, type Team } from "#lib/organizations/testing/team";
import { WEBHOOK_EVENTS } from "#lib/webhooks/schema";

let db: Database;
let team: Team;
let keyId: string;
beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  team = await createTeam();
  ({ id: keyId } = await generate(team.organizationId, team.member));
  await db.prisma.notice.deleteMany({ where: { organizationId: team.organizationId } });
  await listen(team.organizationId, WEBHOOK_EVENTS);
});

/** Makes the key expire in this many hours, as if it had been generated long ago. */
const expireIn = (hours: number) => db.prisma.$executeRaw`
  UPDATE api_keys SET created_at = now() - interval '80 days',
    expires_at = date_trunc('second', now()) + make_interval(hours => ${hours}::int) WHERE id = ${keyId}::uuid`;
/** Lets the key have been used, or generated, this many days ago, and the next look be due. */
const age = (days: number) => db.prisma.$executeRaw`
  UPDATE api_keys SET created_at = now() - make_interval(days => ${days}::int), unused_look_at = now()
  WHERE id = ${keyId}::uuid`;
const all = async () => [await toldTo(team.owner), await toldTo(team.admin), await toldTo(team.member)];
const thrice = async (told: string[]) => {
  await watchKeys();
  await Promise.all([watchKeys(), watchKeys()]);
  expect(await all()).toEqual([told, told, told]);
  expect((await announcedIn(team.organizationId)).map(({ type }) => `${type} Production`)).toEqual(told);
};

test("a key that expires is told a week and a day before, each once, and anew when its expiry has moved", async () => {
  const told = "key.expiring Production";
  await expireIn(24 * 8);
  await thrice([]);
  await expireIn(24 * 6);
  await thrice([told]);
  await expireIn(23);
  await thrice([told, told]);
  await expireIn(24 * 5);
  await thrice([told, told, told]);
});

test("with a day left nobody is told of a week", async () => {
  await expireIn(20);
  await thrice(["key.expiring Production"]);
  const [notice] = await db.prisma.notice.findMany({ where: { subjectId: keyId }, take: 1 });
  expect(notice?.step).toMatch(/^expires-in-1-day\//);
});

test("a key that was generated for less than a week is told only a day before", async () => {
  await db.prisma.apiKey.update({ where: { id: keyId }, data: { expiresAt: new Date(Date.now() + 3 * 86_400_000) } });
  await thrice([]);
});

test.each(["disabledAt", "revokedAt"])("of a key with %s nothing is told", async (column) => {
  await expireIn(20);
  await age(200);
  await db.prisma.apiKey.update({ where: { id: keyId }, data: { [column]: new Date() } });
  await thrice([]);
});

test("a key that nobody used for ninety days is told once, and anew after it was used and left again", async () => {
  const told = "key.unused Production";
  await age(89);
  await thrice([]);
  await age(91);
  await thrice([told]);
  // Looked at again much later, without any use since.
  await db.prisma.apiKey.update({ where: { id: keyId }, data: { unusedLookAt: new Date(0) } });
  await thrice([told]);
  await db.prisma.keyLastUse.create({ data: { keyId, lastUsedAt: new Date(Date.now() - 92 * 86_400_000) } });
  await age(300);
  await thrice([told, told]);
});

test("a key in use is looked at ninety days after its last use, a deleted one never again", async () => {
  await db.prisma.keyLastUse.create({ data: { keyId, lastUsedAt: new Date(Date.now() - 10 * 86_400_000) } });
  await age(300);
  await watchKeys();
  const lookIn = async () => {
    const { unusedLookAt } = await db.prisma.apiKey.findUniqueOrThrow({ where: { id: keyId } });
    return unusedLookAt && Math.round((unusedLookAt.getTime() - Date.now()) / 86_400_000);
  };
  expect(await lookIn()).toBe(80);
  await age(300);
  await db.prisma.apiKey.update({ where: { id: keyId }, data: { revokedAt: new Date() } });
  await watchKeys();
  expect(await lookIn()).toBeNull();
});

test("a new key is looked at after ninety days", async () => {
  const { unusedLookAt, createdAt } = await db.prisma.apiKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(Math.round(((unusedLookAt?.getTime() ?? 0) - createdAt.getTime()) / 86_400_000)).toBe(90);
});
