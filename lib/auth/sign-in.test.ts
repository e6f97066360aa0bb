import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { flushRefusals } from "#lib/audit/note-refusal";
import { rememberPerson } from "#lib/auth/stand-in/people";
import { startStandIn } from "#lib/auth/stand-in/start-stand-in";
import { openTestBrowser, type TestBrowser } from "#lib/auth/testing/open-test-browser";
import { locationOf, type SignInConsole, startSignInConsole } from "#lib/auth/testing/sign-in-console";
import type { Database } from "#lib/db/database";
import { useSettings } from "#lib/testing/process-state";

let site: SignInConsole;
let prisma: Database["prisma"];
let browser: TestBrowser;

const findSubject = (email: string) => rememberPerson({ email, name: "", domain: undefined, isVerified: false });
const hash = (token = "") => createHash("sha256").update(token).digest();

beforeAll(async () => {
  site = await startSignInConsole();
  prisma = site.prisma;
});
beforeEach(async () => {
  await prisma.user.deleteMany();
  browser = openTestBrowser();
});
afterAll(() => site.stop());

test("signing in makes a user and a session that lasts 30 days, and leads to where one wanted to go", async () => {
  const provider = locationOf(await browser.pressSignIn({ callbackUrl: "/account?tab=security" }));
  const callback = await browser.choose(provider, { email: "Dana@Example.com", name: "Dana" });
  const headers = { "user-agent": "Firefox", "x-forwarded-for": "192.0.2.7" };
  const answer = await browser.ask(callback, { headers });
  expect(locationOf(answer)).toBe(`${site.url}/account?tab=security`);
  const [line = ""] = answer.headers.getSetCookie().filter((cookie) => cookie.startsWith("session="));
  expect(line).toMatch(/^session=[\w-]{43}; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  expect(await prisma.user.findMany({ include: { sessions: true } })).toMatchObject([
    {
      issuer: "http://localhost/stand-in",
      email: "dana@example.com",
      name: "Dana",
      sessions: [{ userAgent: "Firefox", ipAddress: "192.0.2.7" }],
    },
  ]);
  const session = await prisma.session.findFirstOrThrow();
  expect(Buffer.from(session.tokenHash)).toEqual(hash(site.sessionOf(browser)));
  expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBeCloseTo(2_592_000_000, -5);
});

test("the same person is the same user again, and each browser has its own session", async () => {
  await browser.signIn("dana@example.com");
  await openTestBrowser().signIn("dana@example.com");
  expect([await prisma.user.count(), await prisma.session.count()]).toEqual([1, 2]);
});

test("an address that the provider has not verified is refused, and leaves nothing behind", async () => {
  const answer = await browser.signIn("unverified@example.com");
  expect(locationOf(answer)).toBe(`${site.url}/sign-in?callbackUrl=%2Fsettings&error=NotAllowed`);
  expect(site.sessionOf(browser)).toBeUndefined();
  expect(await prisma.user.count()).toBe(0);
});

test("a refused sign-in is in the user's own log when they have been let in before, and a stranger is in none", async () => {
  await browser.signIn("unverified@example.com");
  await flushRefusals();
  expect(await prisma.auditEvent.count({ where: { action: "sign_in.refused" } })).toBe(0);
  const subject = findSubject("unverified@example.com");
  const data = { issuer: "http://localhost/stand-in", subject, email: "unverified@example.com" };
  const user = await prisma.user.create({ data });
  await openTestBrowser().signIn("unverified@example.com");
  await flushRefusals();
  const refused = await prisma.auditEvent.findMany({ where: { action: "sign_in.refused" } });
  expect(refused).toMatchObject([{ ownerId: user.id, details: '{"reason":"EmailNotVerified"}' }]);
});

test("cancelling leads back to the sign-in page, which says so", async () => {
  const callback = await browser.choose(locationOf(await browser.pressSignIn()), { cancel: "yes" });
  expect(locationOf(await browser.ask(callback))).toBe(`${site.url}/sign-in?callbackUrl=%2Fsettings&error=Cancelled`);
});

test("the provider is asked with PKCE, state and nonce, and nothing that a visitor adds", async () => {
  const query = "?redirect_uri=https://evil.example&scope=all&prompt=none&state=mine&ui_locales=zh-TW";
  const { origin, searchParams } = new URL(locationOf(await browser.pressSignIn({ query })));
  expect(origin).toBe(site.standInUrl);
  expect(Object.fromEntries(searchParams)).toEqual({
    client_id: "boring-console",
    response_type: "code",
    scope: "openid email profile",
    redirect_uri: `${site.url}/api/auth/callback/google`,
    prompt: "select_account",
    ui_locales: "zh-TW",
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: "S256",
  });
});

test("what holds a sign-in together lasts a quarter of an hour, whatever the browser's clock says", async () => {
  const lines = (await browser.pressSignIn()).headers.getSetCookie();
  for (const check of ["state", "nonce", "pkce.code_verifier"]) {
    const [line, ...others] = lines.filter((one) => one.startsWith(`next-auth.${check}=`));
    expect(line).toMatch(/; Max-Age=900; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(others).toEqual([]);
  }
});

describe("a callback is refused", () => {
  const refused = () => `${site.url}/sign-in?callbackUrl=%2Fsettings&error=Failed`;
  let callback: string;

  beforeEach(async () => {
    callback = await browser.choose(locationOf(await browser.pressSignIn()), { email: "dana@example.com" });
  });

  test.each(["state", "nonce", "pkce.code_verifier"])("when its %s belongs to another sign-in", async (check) => {
    const other = openTestBrowser();
    await other.pressSignIn();
    const name = `${new URL(site.url).host} next-auth.${check}`;
    browser.cookies.set(name, other.cookies.get(name) ?? "");
    expect(locationOf(await browser.ask(callback))).toBe(refused());
    expect(await prisma.session.count()).toBe(0);
  });

  test.each(["state", "nonce", "pkce.code_verifier"])("when the browser has no %s", async (check) => {
    browser.cookies.delete(`${new URL(site.url).host} next-auth.${check}`);
    expect(locationOf(await browser.ask(callback))).toBe(refused());
    expect(await prisma.session.count()).toBe(0);
  });

  test.each(["state=altered", "state=", "code=altered", "code=", "iss=https://evil.example"])(
    "with %s",
    async (changed) => {
      const url = new URL(callback);
      const [name = "", value = ""] = changed.split("=");
      url.searchParams.set(name, value);
      expect(locationOf(await browser.ask(url.href))).toBe(refused());
      expect(await prisma.session.count()).toBe(0);
    },
  );

  test("when it comes again, even with the cookies of the first time", async () => {
    const kept = new Map(browser.cookies);
    await browser.ask(callback);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect(locationOf(await browser.ask(callback))).toBe(refused());
    expect(await prisma.session.count()).toBe(1);
  });

  test("in a browser that did not start it", async () => {
    expect(locationOf(await openTestBrowser().ask(callback))).toBe(`${site.url}/sign-in?error=Failed`);
    expect(await prisma.session.count()).toBe(0);
  });
});

test("a session token that was planted before is not taken over", async () => {
  browser.cookies.set(`${new URL(site.url).host} session`, "planted");
  await browser.signIn("dana@example.com");
  expect(site.sessionOf(browser)).not.toBe("planted");
  const sessions = await prisma.session.findMany();
  expect(sessions.map(({ tokenHash }) => Buffer.from(tokenHash))).toEqual([hash(site.sessionOf(browser))]);
});

test("signing in as somebody else makes another user, and ends the session that the browser had", async () => {
  await browser.signIn("dana@example.com");
  const before = site.sessionOf(browser);
  await browser.signIn("erin@example.com");
  const sessions = await prisma.session.findMany({ include: { user: true } });
  expect(sessions.map(({ user }) => user.email)).toEqual(["erin@example.com"]);
  expect(await prisma.user.count()).toBe(2);
  expect(site.sessionOf(browser)).not.toBe(before);
});

test("behind a reverse proxy that speaks https, PUBLIC_URL is all it takes", async () => {
  const proxied = "https://localhost:4310";
  useSettings({ PORT: "4310", PUBLIC_URL: proxied, STAND_IN_PORT: "4312" });
  const itsStandIn = await startStandIn({ port: 4312, publicUrl: proxied });
  const answer = await browser.signIn("dana@example.com");
  expect(locationOf(answer)).toBe(`${proxied}/settings`);
  const cookies = answer.headers.getSetCookie().filter((line) => line.startsWith("__Host-session="));
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
  itsStandIn.close();
});
