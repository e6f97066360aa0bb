import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestBrowser, type TestBrowser } from "#lib/auth/testing/open-test-browser";
import { locationOf, type SignInConsole, startSignInConsole } from "#lib/auth/testing/sign-in-console";
import type { Database } from "#lib/db/database";

let site: SignInConsole;
let prisma: Database["prisma"];
let browser: TestBrowser;

beforeAll(async () => {
  site = await startSignInConsole();
  prisma = site.prisma;
});
beforeEach(async () => {
  await prisma.user.deleteMany();
  browser = openTestBrowser();
});
afterAll(() => site.stop());

const refusal = () => `${site.url}/sign-in?callbackUrl=%2Fsettings&error=NotAllowed`;
const enter = async (email: string, domain?: string) => locationOf(await openTestBrowser().signIn(email, domain));

beforeEach(() => site.allow("firm.tld,bob@gmail.com"));

test("the domain that Google says lets in, and the end of an address does not", async () => {
  expect(await enter("ada@elsewhere.tld", "Firm.TLD")).toBe(`${site.url}/settings`);
  expect(await enter("eve@firm.tld")).toBe(refusal());
  expect(await enter("eve@sub.firm.tld", "sub.firm.tld")).toBe(refusal());
  expect((await prisma.user.findMany()).map(({ email }) => email)).toEqual(["ada@elsewhere.tld"]);
});

test("an address lets in, however it is spelled", async () => {
  expect(await enter("B.o.b+console@googlemail.com")).toBe(`${site.url}/settings`);
  expect(await enter("bobby@gmail.com")).toBe(refusal());
});

test("who has a user here enters, whatever the setting says by now", async () => {
  site.allow("");
  await enter("eve@elsewhere.tld");
  site.allow("firm.tld");
  expect(await enter("eve@elsewhere.tld")).toBe(`${site.url}/settings`);
  expect(await enter("new@elsewhere.tld")).toBe(refusal());
  expect([await prisma.user.count(), await prisma.session.count()]).toEqual([1, 2]);
});

test("first sign-ins at the same moment make one user", async () => {
  const pages = await Promise.all(Array.from({ length: 4 }, () => enter("ada@firm.tld", "firm.tld")));
  expect(pages).toEqual(Array(4).fill(`${site.url}/settings`));
  expect([await prisma.user.count(), await prisma.session.count()]).toEqual([1, 4]);
});

test("a refusal leaves the session that the browser had", async () => {
  await browser.signIn("ada@firm.tld", "firm.tld");
  const before = site.sessionOf(browser);
  expect(locationOf(await browser.signIn("eve@firm.tld"))).toBe(refusal());
  expect([site.sessionOf(browser), await prisma.session.count()]).toEqual([before, 1]);
});
