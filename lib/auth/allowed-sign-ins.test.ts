import type { Server } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startStandIn } from "#lib/auth/stand-in/start-stand-in";
import { openTestBrowser, type TestBrowser } from "#lib/auth/testing/open-test-browser";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { useSettings } from "#lib/testing/process-state";

const CONSOLE = "http://localhost:4350";
const STAND_IN_PORT = 4351;

let prisma: Database["prisma"];
let standIn: Server;
let browser: TestBrowser;

const locationOf = (response: Response) => response.headers.get("location") ?? "";
const sessionOf = ({ cookies }: TestBrowser) => cookies.get("localhost:4350 session");
const allow = (ALLOWED_SIGN_INS: string) =>
  useSettings({ PORT: "4350", STAND_IN_PORT: String(STAND_IN_PORT), ALLOWED_SIGN_INS });

beforeAll(async () => {
  process.env.NEXTAUTH_SECRET = "a secret that nobody needs to keep";
  allow("");
  ({ prisma } = await useMemoryDatabase());
  standIn = await startStandIn({ port: STAND_IN_PORT, publicUrl: CONSOLE });
});
beforeEach(async () => {
  await prisma.user.deleteMany();
  browser = openTestBrowser();
});
afterAll(async () => {
  standIn.close();
  await closeDatabase();
});

const refusal = `${CONSOLE}/sign-in?callbackUrl=%2Fsettings&error=NotAllowed`;
const enter = async (email: string, domain?: string) => locationOf(await openTestBrowser().signIn(email, domain));

beforeEach(() => allow("firm.tld,bob@gmail.com"));
afterAll(() => allow(""));

test("the domain that Google says lets in, and the end of an address does not", async () => {
  expect(await enter("ada@elsewhere.tld", "Firm.TLD")).toBe(`${CONSOLE}/settings`);
  expect(await enter("eve@firm.tld")).toBe(refusal);
  expect(await enter("eve@sub.firm.tld", "sub.firm.tld")).toBe(refusal);
  expect((await prisma.user.findMany()).map(({ email }) => email)).toEqual(["ada@elsewhere.tld"]);
});

test("an address lets in, however it is spelled", async () => {
  expect(await enter("B.o.b+console@googlemail.com")).toBe(`${CONSOLE}/settings`);
  expect(await enter("bobby@gmail.com")).toBe(refusal);
});

test("who has a user here enters, whatever the setting says by now", async () => {
  allow("");
  await enter("eve@elsewhere.tld");
  allow("firm.tld");
  expect(await enter("eve@elsewhere.tld")).toBe(`${CONSOLE}/settings`);
  expect(await enter("new@elsewhere.tld")).toBe(refusal);
  expect([await prisma.user.count(), await prisma.session.count()]).toEqual([1, 2]);
});

test("first sign-ins at the same moment make one user", async () => {
  const pages = await Promise.all(Array.from({ length: 4 }, () => enter("ada@firm.tld", "firm.tld")));
  expect(pages).toEqual(Array(4).fill(`${CONSOLE}/settings`));
  expect([await prisma.user.count(), await prisma.session.count()]).toEqual([1, 4]);
});

test("a refusal leaves the session that the browser had", async () => {
  await browser.signIn("ada@firm.tld", "firm.tld");
  const before = sessionOf(browser);
  expect(locationOf(await browser.signIn("eve@firm.tld"))).toBe(refusal);
  expect([sessionOf(browser), await prisma.session.count()]).toEqual([before, 1]);
});
