import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { saveUser } from "#lib/auth/identity";
import { createSession, endAllSessions, endSession, findSession, listSessions } from "#lib/auth/sessions";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";

const ISSUER = "https://id.example";

let prisma: Database["prisma"];
let adaId: string;
let benId: string;

const start = async (userId: string, token: string, expiresInSeconds = 60) => {
  const visitor = { userAgent: `${token} browser`, ipAddress: "192.0.2.7", previousToken: undefined };
  await createSession({ token, userId, expiresAt: new Date(Date.now() + expiresInSeconds * 1000), visitor });
  return (await prisma.session.findFirstOrThrow({ where: { userAgent: visitor.userAgent } })).id;
};
const actor = (userId: string) =>
  ({ kind: "user", organizationId: null, userId, address: "192.0.2.7", userAgent: "laptop browser" }) as const;
const eventsOf = (ownerId: string) =>
  prisma.auditEvent.findMany({ where: { ownerId }, orderBy: { seq: "asc" }, omit: { hash: true, previousHash: true } });
const save = (email: string) => saveUser({ issuer: ISSUER, subject: email, email, name: null, picture: null });

beforeAll(async () => {
  ({ prisma } = await useMemoryDatabase());
});
beforeEach(async () => {
  await prisma.user.deleteMany();
  adaId = (await save("ada@example.com")).id;
  benId = (await save("ben@example.com")).id;
});
afterAll(closeDatabase);

test("an ended session is refused from then on, and the others go on", async () => {
  const id = await start(adaId, "phone");
  await start(adaId, "laptop");
  await endSession(actor(adaId), id);
  expect(await findSession("phone")).toBeNull();
  expect(await findSession("laptop")).not.toBeNull();
});

test("an ended, a foreign and an impossible id are the same not found", async () => {
  const ended = await start(adaId, "phone");
  await endSession(actor(adaId), ended);
  const foreign = await start(benId, "tablet");
  for (const id of [ended, foreign, "018f0000-0000-7000-8000-000000000000", "nonsense", ""]) {
    await expect(endSession(actor(adaId), id)).rejects.toMatchObject({
      code: "NotFound",
      message: "Session not found",
    });
  }
  expect(await findSession("tablet")).not.toBeNull();
});

test("signing out everywhere ends all of one's own sessions and nobody else's", async () => {
  for (const token of ["phone", "laptop"]) await start(adaId, token);
  await start(benId, "tablet");
  await endAllSessions(actor(adaId));
  expect(await Promise.all(["phone", "laptop"].map(findSession))).toEqual([null, null]);
  expect(await findSession("tablet")).not.toBeNull();
});

test("the log tells of every sign-in and sign-out, in the log of whoever it happened to", async () => {
  const phone = await start(adaId, "phone");
  await endSession(actor(adaId), phone);
  await start(adaId, "laptop");
  await endAllSessions(actor(adaId));
  const details = JSON.stringify({ session_id: phone, user_agent: "phone browser" });
  const from = { actor: "user", address: "192.0.2.7" };
  expect(await eventsOf(adaId)).toMatchObject([
    { ...from, action: "session.started", sessionId: phone, userAgent: "phone browser" },
    { ...from, action: "session.ended", userAgent: "laptop browser", details },
    { ...from, action: "session.started" },
    { ...from, action: "session.ended_everywhere", details: '{"count":1}' },
  ]);
  expect(await eventsOf(benId)).toEqual([]);
});

test("a session that another sign-in replaces has ended in the log of its own user", async () => {
  const replaced = await start(adaId, "shared");
  const visitor = { userAgent: "shared browser", ipAddress: "192.0.2.7", previousToken: "shared" };
  await createSession({ token: "new", userId: benId, expiresAt: new Date(Date.now() + 60_000), visitor });
  const details = JSON.stringify({ session_id: replaced, user_agent: "shared browser" });
  expect((await eventsOf(adaId)).at(-1)).toMatchObject({ action: "session.ended", details });
  expect(await eventsOf(benId)).toMatchObject([{ action: "session.started" }]);
});

test("what could not be ended is not in the log", async () => {
  const foreign = await start(benId, "tablet");
  await expect(endSession(actor(adaId), foreign)).rejects.toThrow("Session not found");
  expect(await eventsOf(adaId)).toEqual([]);
});

test("one's sessions are listed with the current one first, then the last seen, without expired or foreign ones", async () => {
  const current = await start(adaId, "current");
  const older = await start(adaId, "older");
  const newer = await start(adaId, "newer");
  await start(adaId, "expired", -1);
  await start(benId, "foreign");
  const seen = { [current]: "2025-01-01", [older]: "2025-01-02", [newer]: "2025-01-03" };
  for (const [id, day] of Object.entries(seen)) {
    await prisma.session.update({ where: { id }, data: { lastSeenAt: new Date(`${day}T10:30:00.750Z`) } });
  }
  const sessions = await listSessions(adaId, current);
  expect(sessions.map(({ id }) => id)).toEqual([current, newer, older]);
  expect(sessions[0]).toEqual({
    id: current,
    user_agent: "current browser",
    ip_address: "192.0.2.7",
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    last_seen_at: "2025-01-01T10:30:00Z",
    is_current: true,
  });
});
