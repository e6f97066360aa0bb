import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { saveUser } from "#lib/auth/identity";
import { createSession, findSession } from "#lib/auth/sessions";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";

const ADA = { issuer: "https://id.example", subject: "1", email: "ada@example.com", name: "Ada", picture: null };

let prisma: Database["prisma"];

beforeAll(async () => {
  ({ prisma } = await useMemoryDatabase());
});
beforeEach(async () => {
  await prisma.organization.deleteMany();
  await prisma.user.deleteMany();
});
afterAll(closeDatabase);

test("signing in makes the user, and no organization that an invited one would not need", async () => {
  const user = await saveUser(ADA);
  expect(user).toMatchObject(ADA);
  const visitor = { userAgent: null, ipAddress: null, previousToken: undefined };
  await createSession({ token: "token", userId: user.id, expiresAt: new Date(Date.now() + 60_000), visitor });
  expect(await findSession("token")).toMatchObject({ user: { id: user.id }, membership: null });
  expect([await prisma.organization.count(), await prisma.socialAccount.count()]).toEqual([0, 0]);
});

test("a later sign-in is the same user, shown as the provider says now", async () => {
  const first = await saveUser(ADA);
  const changed = { ...ADA, email: "ada@new.example", name: null, picture: "https://pictures.example/ada.png" };
  const second = await saveUser(changed);
  expect(second).toMatchObject({ id: first.id, ...changed });
});

test("two subjects with one e-mail are two users", async () => {
  const one = await saveUser(ADA);
  const other = await saveUser({ ...ADA, subject: "2" });
  expect(other.id).not.toBe(one.id);
});

test("one subject of two issuers is two users", async () => {
  const one = await saveUser(ADA);
  const other = await saveUser({ ...ADA, issuer: "https://other.example" });
  expect(other.id).not.toBe(one.id);
});

test("first sign-ins at the same moment make one user", async () => {
  const users = await Promise.all(Array.from({ length: 5 }, () => saveUser(ADA)));
  expect(new Set(users.map((user) => user.id)).size).toBe(1);
});
