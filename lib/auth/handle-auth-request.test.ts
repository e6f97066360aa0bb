import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { saveUser } from "#lib/auth/identity";
import { createSession } from "#lib/auth/sessions";
import { openTestBrowser, type TestBrowser } from "#lib/auth/testing/open-test-browser";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { useSettings } from "#lib/testing/process-state";

const CONSOLE = "http://localhost:4320";
const NOBODY = { userAgent: null, ipAddress: null, previousToken: undefined };

let prisma: Database["prisma"];
let browser: TestBrowser;

const locationOf = (response: Response) => response.headers.get("location");

beforeAll(async () => {
  process.env.NEXTAUTH_SECRET = "a secret that nobody needs to keep";
  ({ prisma } = await useMemoryDatabase());
});
beforeEach(async () => {
  // Nobody listens on the stand-in's port.
  useSettings({ PORT: "4320", STAND_IN_PORT: "4329" });
  browser = openTestBrowser();
  await prisma.user.deleteMany();
});
afterAll(closeDatabase);

describe("where next-auth has pages of its own", () => {
  test.each([
    ["signin", "/sign-in"],
    ["signin?callbackUrl=/settings", "/sign-in?callbackUrl=%2Fsettings"],
    ["signin/google?callbackUrl=/posts", "/sign-in?callbackUrl=%2Fposts"],
    ["signin?callbackUrl=https://evil.example", "/sign-in"],
    ["signin?callbackUrl=%%%", "/sign-in"],
    ["error?error=Configuration", "/sign-in?error=Failed"],
    ["error?error=Cancelled", "/sign-in?error=Cancelled"],
    ["error?error=%3Cscript%3E", "/sign-in?error=Failed"],
    ["signout", "/account"],
  ])("GET %s leads to %s", async (path, page) => {
    const answer = await browser.ask(`/api/auth/${path}`);
    expect([answer.status, locationOf(answer)]).toEqual([302, CONSOLE + page]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test.each([
    "",
    "verify-request",
    "_log",
    "callback",
    "callback/github",
    "signin/github",
    "constructor",
    "csrf/x",
    "%2e%2e",
  ])("there is nothing at /api/auth/%s", async (path) => {
    for (const method of ["GET", "POST"]) {
      await expect(browser.ask(`/api/auth/${path}`, { method })).rejects.toMatchObject({ code: "NotFound" });
    }
  });

  test.each([
    ["POST", "csrf", "GET"],
    ["POST", "callback/google", "GET"],
    ["DELETE", "signout", "GET, POST"],
    ["HEAD", "session", "GET, POST"],
  ])("%s %s is told to use %s", async (method, path, Allow) => {
    const error = { code: "MethodNotAllowed", headers: { Allow } };
    await expect(browser.ask(`/api/auth/${path}`, { method })).rejects.toMatchObject(error);
  });
});

describe("pressing the sign-in button", () => {
  test("says so when the provider cannot be reached, and keeps where to return to", async () => {
    const page = `${CONSOLE}/sign-in?callbackUrl=%2Fsettings&error=Unavailable`;
    expect(locationOf(await browser.pressSignIn())).toBe(page);
  });

  test("answers a script with the address instead of a redirect", async () => {
    const form = { csrfToken: await browser.csrfToken(), callbackUrl: "/settings", json: "true" };
    const answer = await browser.ask("/api/auth/signin/google", { form });
    expect([answer.status, locationOf(answer)]).toEqual([200, null]);
    expect(await answer.json()).toEqual({ url: `${CONSOLE}/sign-in?callbackUrl=%2Fsettings&error=Unavailable` });
  });

  test.each<Record<string, string>>([{}, { csrfToken: "" }, { csrfToken: "forged" }])(
    "does nothing with %j instead of the token",
    async (form) => {
      await browser.csrfToken();
      const answer = await browser.ask("/api/auth/signin/google", { form });
      expect(locationOf(answer)).toBe(`${CONSOLE}/sign-in?error=Failed`);
    },
  );

  test.each(["", "not json", "[]", "null", '{"csrfToken":{"not":""}}'])("survives the body %s", async (body) => {
    const headers = { "content-type": "application/json" };
    for (const action of ["signin/google", "signout", "session"]) {
      const answer = await browser.ask(`/api/auth/${action}`, { method: "POST", headers, json: body });
      expect(answer.status).toBeLessThan(500);
    }
  });
});

describe("a callbackUrl that leads elsewhere is forgotten", () => {
  const hostile = [
    "%%%",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "https://evil.example",
    `${CONSOLE}.evil.example`,
  ];
  const failed = `${CONSOLE}/sign-in?error=Unavailable`;

  test.each(hostile)("%s in the form", async (callbackUrl) => {
    const answer = await browser.pressSignIn({ callbackUrl });
    expect(locationOf(answer)).toBe(failed);
    const cookie = browser.cookies.get("localhost:4320 next-auth.callback-url") ?? "";
    expect(new URL(decodeURIComponent(cookie)).origin).toBe(CONSOLE);
  });

  test.each(hostile)("%s in the query", async (callbackUrl) => {
    const form = { csrfToken: await browser.csrfToken() };
    const answer = await browser.ask(`/api/auth/signin/google?callbackUrl=${callbackUrl}`, { form });
    expect(locationOf(answer)).toBe(failed);
  });

  test.each([...hostile, ["/settings"], { not: "" }, 7])("%j in JSON", async (callbackUrl) => {
    const json = { csrfToken: await browser.csrfToken(), callbackUrl };
    expect(locationOf(await browser.ask("/api/auth/signin/google", { json }))).toBe(failed);
  });

  test.each(hostile)("%s in the cookie", async (callbackUrl) => {
    browser.cookies.set("localhost:4320 next-auth.callback-url", callbackUrl);
    expect((await browser.ask("/api/auth/csrf")).status).toBe(200);
    const answer = await browser.ask("/api/auth/callback/google?error=access_denied");
    expect(locationOf(answer)).toBe(`${CONSOLE}/sign-in?error=Cancelled`);
  });
});

describe("a session", () => {
  const sessionCookie = "localhost:4320 session";

  beforeEach(async () => {
    const ada = { issuer: "https://id.example", subject: "1", email: "ada@example.com", name: "Ada", picture: null };
    const { id: userId } = await saveUser(ada);
    const expiresAt = new Date(Date.now() + 60_000);
    await createSession({ token: "token", userId, expiresAt, visitor: NOBODY });
    browser.cookies.set(sessionCookie, "token");
  });

  test("is told to its own browser, and its end is not moved", async () => {
    const answer = await browser.ask("/api/auth/session");
    const { user } = (await answer.json()) as { user: unknown };
    expect(user).toEqual({ name: "Ada", email: "ada@example.com", image: null });
    expect(answer.headers.getSetCookie().join()).not.toContain("session=");
  });

  test("is not changed by forged data", async () => {
    const before = await prisma.session.findFirstOrThrow({ include: { user: true } });
    const data = { user: { email: "eve@evil.example", id: "1" }, expires: "2099-01-01T00:00:00.000Z", userId: "1" };
    const json = { csrfToken: await browser.csrfToken(), data };
    const answer = await browser.ask("/api/auth/session", { json });
    expect(await answer.json()).toMatchObject({ user: { name: "Ada", email: "ada@example.com" } });
    expect(await prisma.session.findFirstOrThrow({ include: { user: true } })).toEqual(before);
  });

  test("is over after signing out", async () => {
    const form = { csrfToken: await browser.csrfToken(), callbackUrl: "//evil.example" };
    const answer = await browser.ask("/api/auth/signout", { form });
    expect(locationOf(answer)).toBe(`${CONSOLE}/`);
    expect(browser.cookies.has(sessionCookie)).toBe(false);
    expect(await prisma.session.count()).toBe(0);
  });

  test("goes on after a sign-out that another site forged", async () => {
    const answer = await browser.ask("/api/auth/signout", { form: { csrfToken: "forged" } });
    expect(locationOf(answer)).toBe(`${CONSOLE}/account`);
    expect(await prisma.session.count()).toBe(1);
  });
});

test("behind a reverse proxy every address starts with PUBLIC_URL, whatever the request says", async () => {
  const google = { GOOGLE_CLIENT_ID: "id", GOOGLE_CLIENT_SECRET: "a-client-secret" };
  useSettings({ PORT: "4320", PUBLIC_URL: "https://console.example.com", ...google });
  const headers = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "http" };
  const answer = await browser.ask("/api/auth/providers", { headers });
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({
    google: { callbackUrl: "https://console.example.com/api/auth/callback/google" },
  });
  expect(text).not.toContain("a-client-secret");
});
