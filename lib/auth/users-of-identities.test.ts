import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { saveUser } from "#lib/auth/identity";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";

const ADA = { issuer: "https://id.example", subject: "1", email: "ada@example.com", name: "Ada", picture: null };

let prisma: Database["prisma"];

beforeAll(async () => {
  ({ prisma } = await useMemoryDatabase());
});
beforeEach(() => prisma.user.deleteMany());
afterAll(closeDatabase);

test("the first sign-in makes the user and their sandbox account", async () => {
  const user = await saveUser(ADA);
  expect(user).toMatchObject(ADA);
  expect(await prisma.socialAccount.findMany({ where: { userId: user.id } })).toMatchObject([
    { network: "sandbox", username: "sandbox", displayName: "Sandbox" },
  ]);
});

test("a later sign-in is the same user, shown as the provider says now", async () => {
  const first = await saveUser(ADA);
  const changed = { ...ADA, email: "ada@new.example", name: null, picture: "https://pictures.example/ada.png" };
  const second = await saveUser(changed);
  expect(second).toMatchObject({ id: first.id, ...changed });
  expect(await prisma.socialAccount.count()).toBe(1);
});

test("a sandbox account that is gone is not made again", async () => {
  await saveUser(ADA);
  await prisma.socialAccount.deleteMany();
  await saveUser(ADA);
  expect(await prisma.socialAccount.count()).toBe(0);
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

test("first sign-ins at the same moment make one user with one sandbox account", async () => {
  const users = await Promise.all(Array.from({ length: 5 }, () => saveUser(ADA)));
  expect(new Set(users.map((user) => user.id)).size).toBe(1);
  expect(await prisma.socialAccount.count()).toBe(1);
});
