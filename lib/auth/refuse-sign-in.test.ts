import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saveUser } from "#lib/auth/identity";
import { findRefusal, isAllowed } from "#lib/auth/refuse-sign-in";
import { closeDatabase, database, useMemoryDatabase } from "#lib/db/database";
import { readAllowedSignIns } from "#lib/setting-formats";
import { useSettings } from "#lib/testing/process-state";

const CLAIMS = { iss: "https://id.example", sub: "1", email: "ada@firm.tld", email_verified: true };

beforeAll(async () => {
  await useMemoryDatabase();
});
afterAll(closeDatabase);

describe("the setting", () => {
  const { allowed } = readAllowedSignIns("firm.tld,büro.tld,ada@gmail.com,bob@other.tld");

  test.each<Record<string, unknown>>([
    { hd: "firm.tld", email: "ada@elsewhere.tld" },
    { hd: "FIRM.tld", email: "ada@elsewhere.tld" },
    { hd: "büro.tld" },
    { hd: "BÜRO.TLD" },
    { hd: "xn--bro-hoa.tld" },
    { email: "A.d.a+x@googlemail.com" },
    { email: "BOB@other.TLD" },
    { email: "bob@other.tld", hd: "other.tld" },
  ])("lets %j in", (claims) => {
    expect(isAllowed(claims, allowed)).toBe(true);
  });

  test.each<Record<string, unknown>>([
    {},
    { email: "eve@firm.tld" },
    { email: "eve@firm.tld", hd: "" },
    { email: "eve@firm.tld", hd: null },
    { email: "eve@firm.tld", hd: true },
    { email: "eve@firm.tld", hd: ["firm.tld"] },
    { email: "eve@firm.tld", hd: "evil.tld" },
    { hd: "sub.firm.tld" },
    { hd: "firm.tld.evil.tld" },
    { hd: "evil.tld,firm.tld" },
    { hd: "firm.tld/" },
    { hd: " firm.tld" },
    { email: "bob+x@other.tld" },
    { email: "bob@other.tld@evil.tld" },
    { email: ["bob@other.tld"] },
    { email: "bob@other.tld.evil.tld", hd: "bob@other.tld" },
  ])("does not let %j in", (claims) => {
    expect(isAllowed(claims, allowed)).toBe(false);
  });

  test("lets everybody in when it is not set", () => {
    expect(isAllowed({}, undefined)).toBe(true);
  });
});

test("no list makes up for an address that is not verified", async () => {
  useSettings({ ALLOWED_SIGN_INS: "firm.tld,ada@firm.tld" });
  for (const email_verified of [false, "true", 1, undefined]) {
    const refused = await findRefusal({ ...CLAIMS, hd: "firm.tld", email_verified });
    expect(refused).toEqual({ reason: "EmailNotVerified", userId: null });
  }
  expect(await findRefusal({ ...CLAIMS, hd: "firm.tld" })).toBeUndefined();
});

test("a user is known by issuer and subject, whatever their address and domain are by now", async () => {
  useSettings({ ALLOWED_SIGN_INS: "firm.tld" });
  const known = { ...CLAIMS, sub: "2", email: "bob@left.tld" };
  expect(await findRefusal(known)).toEqual({ reason: "NotAllowed", userId: null });
  const { id } = await saveUser({ issuer: known.iss, subject: "2", email: "bob@firm.tld", name: null, picture: null });
  expect(await findRefusal(known)).toBeUndefined();
  expect(await findRefusal({ ...known, email_verified: false })).toEqual({ reason: "EmailNotVerified", userId: id });
  for (const other of [{ sub: "3" }, { iss: "https://other.example" }, { sub: 2 }, { sub: undefined }]) {
    expect(await findRefusal({ ...known, ...other })).toEqual({ reason: "NotAllowed", userId: null });
  }
});

describe("an invitation", () => {
  const invited = { ...CLAIMS, sub: "4", email: "G.race@googlemail.com" };
  const soon = () => new Date(Date.now() + 60_000);
  const invite = async (data: { expiresAt: Date; settledAt?: Date; outcome?: string; deletedAt?: Date }) => {
    const { prisma } = await database();
    const { deletedAt = null, ...rest } = data;
    await prisma.organization.deleteMany();
    const organization = { create: { name: "Firm", deletedAt } };
    const to = { email: "grace@gmail.com", addressKey: "grace@gmail.com", role: "member" };
    await prisma.invitation.create({ data: { ...to, ...rest, organization } });
  };

  test("lets its addressee in while it is pending, however they spell their address, and nobody else", async () => {
    useSettings({ ALLOWED_SIGN_INS: "firm.tld" });
    expect(await findRefusal(invited)).toMatchObject({ reason: "NotAllowed" });
    await invite({ expiresAt: soon() });
    expect(await findRefusal(invited)).toBeUndefined();
    expect(await findRefusal({ ...invited, email: "grace@gmail.com.evil.tld" })).toMatchObject({
      reason: "NotAllowed",
    });
    expect(await findRefusal({ ...invited, email: undefined })).toMatchObject({ reason: "NotAllowed" });
    expect(await findRefusal({ ...invited, email_verified: false })).toMatchObject({ reason: "EmailNotVerified" });
  });

  test.each([
    ["revoked", () => ({ expiresAt: soon(), settledAt: new Date(), outcome: "revoked" })],
    ["declined", () => ({ expiresAt: soon(), settledAt: new Date(), outcome: "declined" })],
    ["expired", () => ({ expiresAt: new Date(Date.now() - 1000) })],
    ["of a deleted organization", () => ({ expiresAt: soon(), deletedAt: new Date() })],
  ])("that is %s lets nobody in", async (_, toData) => {
    useSettings({ ALLOWED_SIGN_INS: "firm.tld" });
    await invite(toData());
    expect(await findRefusal(invited)).toEqual({ reason: "NotAllowed", userId: null });
  });
});
