import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { saveUser } from "#lib/auth/identity";
import { createSession, findSession } from "#lib/auth/sessions";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { createOrganization, requireMembership } from "#lib/organizations/require-membership";

const NOBODY = { userAgent: null, ipAddress: null, previousToken: undefined };

let prisma: Database["prisma"];
let userId: string;

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
const start = (token: string, expiresAt = inSeconds(60), previousToken?: string) =>
  createSession({ token, userId, expiresAt, visitor: { ...NOBODY, previousToken } });
const lastSeen = async (at: Date) => {
  await prisma.session.updateMany({ data: { lastSeenAt: at } });
};
const seenAt = async () => (await prisma.session.findFirstOrThrow()).lastSeenAt.getTime();

beforeAll(async () => {
  ({ prisma } = await useMemoryDatabase());
});
beforeEach(async () => {
  await prisma.user.deleteMany();
  const ada = { issuer: "https://id.example", subject: "1", email: "ada@example.com", name: "Ada", picture: null };
  userId = (await saveUser(ada)).id;
});
afterAll(closeDatabase);

test("a token finds its session and its user", async () => {
  const expiresAt = inSeconds(60);
  await start("token", expiresAt);
  const found = {
    sessionId: (await prisma.session.findFirstOrThrow()).id,
    expiresAt,
    user: { id: userId, email: "ada@example.com", name: "Ada", picture: null, locale: null, timeZone: null },
  };
  expect(await findSession("token")).toEqual({ ...found, belongsToSeveral: false, membership: null });
  const membership = await requireMembership(userId);
  expect(await findSession("token")).toEqual({ ...found, membership, belongsToSeveral: false });
});

test("a session shows the organization that it chose, until its user belongs to it no more or it is deleted", async () => {
  await start("token");
  const { organizationId: first } = await requireMembership(userId);
  const { organizationId: second } = await createOrganization(prisma, userId, "Second");
  const shown = async () => (await findSession("token"))?.membership?.organizationId;
  expect(await shown()).toBe(first);
  await prisma.session.updateMany({ data: { organizationId: second } });
  expect(await shown()).toBe(second);
  await prisma.organization.update({ where: { id: second }, data: { deletedAt: new Date() } });
  expect(await shown()).toBe(first);
  await prisma.organization.update({ where: { id: second }, data: { deletedAt: null } });
  expect(await shown()).toBe(second);
  await prisma.membership.deleteMany({ where: { organizationId: second } });
  expect(await shown()).toBe(first);
});

test("the database holds the token's hash and not the token", async () => {
  await start("a-token-to-look-for");
  const row = await prisma.session.findFirstOrThrow();
  expect(Buffer.from(row.tokenHash)).toEqual(createHash("sha256").update("a-token-to-look-for").digest());
  expect(JSON.stringify(row)).not.toContain("a-token-to-look-for");
});

test("an unknown, an ended and an expired token find nothing", async () => {
  await start("ended");
  await prisma.session.deleteMany();
  await start("expired", inSeconds(-1));
  expect(await Promise.all(["unknown", "ended", "expired", ""].map(findSession))).toEqual([null, null, null, null]);
});

test("a new sign-in ends the session that the browser brought along, and clears expired ones away", async () => {
  await start("expired", inSeconds(-1));
  await start("elsewhere");
  await start("old");
  await start("new", inSeconds(60), "old");
  expect(await findSession("old")).toBeNull();
  expect(await findSession("new")).not.toBeNull();
  expect(await findSession("elsewhere")).not.toBeNull();
  expect(await prisma.session.count()).toBe(2);
});

test("a session that was last seen over a minute ago is noted as seen", async () => {
  await start("token");
  await lastSeen(inSeconds(-61));
  await findSession("token");
  await vi.waitFor(async () => expect(await seenAt()).toBeGreaterThan(Date.now() - 10_000));
});

test("a session that was seen within the minute is not written to", async () => {
  await start("token");
  const recently = inSeconds(-50);
  await lastSeen(recently);
  await findSession("token");
  await findSession("token");
  expect(await seenAt()).toBe(recently.getTime());
});
