import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { openHttpBrowser } from "#lib/testing/console/http-browser";
import { choose, signIn, startSignIn } from "#lib/testing/console/sign-in";
import { expect, test } from "./fixtures.ts";

const newEmail = () => `dana-${randomUUID()}@example.com`;
const isSignedIn = async (url: string, cookie: string) =>
  (await fetch(`${url}/api/sessions`, { headers: { cookie } })).status === 200;
const listSessions = async (url: string, cookie: string) => {
  const answer = await fetch(`${url}/api/sessions`, { headers: { cookie } });
  return ((await answer.json()) as { sessions: Record<string, unknown>[] }).sessions;
};
const end = async (url: string, cookie: string, which: string) => {
  const answer = await fetch(`${url}/api/sessions${which}`, { method: "DELETE", headers: { cookie } });
  return { status: answer.status, body: await answer.json(), setCookie: answer.headers.get("set-cookie") };
};

test("a sign-in over HTTP ends where one wanted to go, with a session cookie for 30 days", async ({
  server: { url },
}) => {
  const browser = openHttpBrowser({ "user-agent": "Firefox" });
  const page = await startSignIn(browser, url, "/account");
  const answer = await browser.open(await choose(browser, url, page, { email: newEmail() }));
  expect([answer.status, answer.location]).toEqual([302, `${url}/account`]);
  const lines = answer.setCookies.filter((line) => line.startsWith("session="));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^session=[\w-]{43}; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  const cookie = `session=${browser.cookie(url, "session")}`;
  expect(await listSessions(url, cookie)).toEqual([
    {
      id: expect.any(String),
      user_agent: "Firefox",
      ip_address: "127.0.0.1",
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      last_seen_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      is_current: true,
    },
  ]);
});

test("an address that nobody verified is refused in words", async ({ server: { url } }) => {
  const browser = openHttpBrowser({ "accept-language": "en" });
  const callback = await choose(browser, url, await startSignIn(browser, url), { email: "unverified@example.com" });
  const page = await browser.follow(await browser.open(callback));
  expect(page.url).toBe(`${url}/sign-in?callbackUrl=%2Fsettings&error=NotAllowed`);
  expect(page.text).toContain("Google must have verified the account’s e-mail address");
  expect(browser.cookie(url, "session")).toBeUndefined();
});

test("cancelling leads back to the sign-in page, which says so", async ({ server: { url } }) => {
  const browser = openHttpBrowser({ "accept-language": "en" });
  const callback = await choose(browser, url, await startSignIn(browser, url), { cancel: "yes" });
  const page = await browser.follow(await browser.open(callback));
  expect([page.status, page.url]).toEqual([200, `${url}/sign-in?callbackUrl=%2Fsettings&error=Cancelled`]);
  expect(page.text).toContain("You cancelled the sign-in");
});

for (const callbackUrl of ["%%%", "//evil.example", "/\\evil.example", "javascript:alert(1)", "https://evil.example"]) {
  test(`a callbackUrl of ${callbackUrl} leads nowhere else`, async ({ server: { url } }) => {
    const browser = openHttpBrowser();
    browser.setCookie(url, `next-auth.callback-url=${callbackUrl}; Path=/`);
    const callback = await choose(browser, url, await startSignIn(browser, url, callbackUrl), { email: newEmail() });
    browser.setCookie(url, `next-auth.callback-url=${callbackUrl}; Path=/`);
    expect((await browser.open(callback)).location).toBe(`${url}/`);
    for (const page of [
      "/sign-in",
      "/api/auth/signin",
      "/api/auth/signin/google",
      "/api/auth/signout",
      "/api/auth/error",
    ]) {
      const asked = await openHttpBrowser().open(`${url}${page}?callbackUrl=${callbackUrl}&callbackUrl=${callbackUrl}`);
      expect(asked.status).toBeLessThan(400);
      expect(new URL(asked.location ?? url).origin).toBe(url);
    }
  });
}

test("the provider is asked with PKCE, state and nonce, and an altered or repeated answer is refused", async ({
  server: { url },
}) => {
  const browser = openHttpBrowser();
  const { csrfToken } = JSON.parse((await browser.open(`${url}/api/auth/csrf`)).text) as { csrfToken: string };
  const asked = await browser.open(`${url}/api/auth/signin/google`, { csrfToken, callbackUrl: "/settings" });
  const parameters = Object.fromEntries(new URL(asked.location ?? "").searchParams);
  expect(parameters).toMatchObject({ code_challenge_method: "S256", redirect_uri: `${url}/api/auth/callback/google` });
  for (const name of ["state", "nonce", "code_challenge"]) expect(parameters[name]).toMatch(/^[\w-]{43}$/);
  const callback = await choose(browser, url, await browser.follow(asked), { email: newEmail() });
  const altered = new URL(callback);
  altered.searchParams.set("state", "altered");
  const refused = `${url}/sign-in?callbackUrl=%2Fsettings&error=Failed`;
  expect((await browser.open(altered.href)).location).toBe(refused);
  expect((await openHttpBrowser().open(callback)).location).toBe(`${url}/sign-in?error=Failed`);
  expect((await browser.open(callback)).location).toBe(`${url}/settings`);
  expect((await browser.open(callback)).location).toBe(refused);
});

test("a session token that was planted before the sign-in opens nothing after it", async ({ server: { url } }) => {
  const browser = openHttpBrowser();
  browser.setCookie(url, "session=planted-by-somebody; Path=/");
  const { cookie } = await signIn(url, { email: newEmail() }, browser);
  expect(cookie).not.toContain("planted");
  expect(await isSignedIn(url, cookie)).toBe(true);
  expect(await isSignedIn(url, "session=planted-by-somebody")).toBe(false);
});

test("the data directory and the log hold no session token, only its hash", async ({ server }) => {
  const { cookie } = await signIn(server.url, { email: newEmail() });
  expect(await isSignedIn(server.url, cookie)).toBe(true);
  const token = cookie.replace("session=", "");
  const hash = createHash("sha256").update(token).digest();
  const files = (await readdir(server.dataDir, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const contents = await Promise.all(files.map((file) => readFile(path.join(file.parentPath, file.name))));
  expect(contents.some((content) => content.includes(hash))).toBe(true);
  expect(contents.filter((content) => content.includes(token))).toEqual([]);
  expect(server.output()).not.toContain(token);
});

test("signing out ends the session on the server at once, and only this one", async ({ server: { url } }) => {
  const email = newEmail();
  const { cookie } = await signIn(url, { email });
  const { cookie: elsewhere } = await signIn(url, { email });
  expect(await end(url, cookie, "/current")).toEqual({
    status: 200,
    body: { success: true, message: "Session ended successfully" },
    setCookie: "session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
  });
  expect([await isSignedIn(url, cookie), await isSignedIn(url, elsewhere)]).toEqual([false, true]);
});

test("another session is ended by its id; once more, or somebody else's, is not found", async ({ server: { url } }) => {
  const email = newEmail();
  const { cookie } = await signIn(url, { email });
  const { cookie: elsewhere } = await signIn(url, { email });
  const { cookie: foreign } = await signIn(url, { email: newEmail() });
  const other = (await listSessions(url, cookie)).find((session) => !session.is_current)?.id;
  expect(await end(url, cookie, `/${other}`)).toMatchObject({ status: 200, setCookie: null });
  expect([await isSignedIn(url, cookie), await isSignedIn(url, elsewhere)]).toEqual([true, false]);
  const foreignId = (await listSessions(url, foreign))[0]?.id;
  for (const id of [other, foreignId, randomUUID(), "nonsense"]) {
    const body = { error: "NotFound", message: "Session not found" };
    expect(await end(url, cookie, `/${id}`)).toEqual({ status: 404, body, setCookie: null });
  }
  expect(await isSignedIn(url, foreign)).toBe(true);
});

test("signing out everywhere ends every session of one person, and nobody else's", async ({ server: { url } }) => {
  const email = newEmail();
  const cookies = [await signIn(url, { email }), await signIn(url, { email })].map(({ cookie }) => cookie);
  const { cookie: foreign } = await signIn(url, { email: newEmail() });
  expect(await end(url, cookies[0] ?? "", "")).toEqual({
    status: 200,
    body: { success: true, message: "Signed out everywhere" },
    setCookie: "session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
  });
  expect(await Promise.all([...cookies, foreign].map((cookie) => isSignedIn(url, cookie)))).toEqual([
    false,
    false,
    true,
  ]);
});

test("forged session data and unknown addresses of next-auth change nothing", async ({ server: { url } }) => {
  const browser = openHttpBrowser();
  const email = newEmail();
  await signIn(url, { email }, browser);
  const { csrfToken } = JSON.parse((await browser.open(`${url}/api/auth/csrf`)).text) as { csrfToken: string };
  const forged = await browser.open(`${url}/api/auth/session`, { csrfToken, "data[user][email]": "eve@evil.example" });
  expect(JSON.parse(forged.text)).toMatchObject({ user: { email } });
  for (const unknown of ["_log", "verify-request", "callback/github", "anything"]) {
    const answer = await browser.open(`${url}/api/auth/${unknown}`, { csrfToken, level: "constructor", code: "x" });
    expect(answer.status).toBe(404);
  }
});
