import { request, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStandIn } from "#lib/auth/stand-in/start-stand-in";

const PORT = 4331;
const ORIGIN = `http://127.0.0.1:${PORT}`;
const CONSOLE = "http://localhost:4330";
const CALLBACK = `${CONSOLE}/api/auth/callback/google`;

let server: Server;

const ask = (url: string, init: RequestInit = {}) => fetch(new URL(url, ORIGIN), { redirect: "manual", ...init });
const authorizationUrl = (changes: Record<string, string> = {}) =>
  `/auth?${new URLSearchParams({
    client_id: "boring-console",
    response_type: "code",
    scope: "openid email profile",
    redirect_uri: CALLBACK,
    prompt: "select_account",
    code_challenge: "Qw5zVxSHzow1vBVVgiSPOKaCDsuTsyQafdEI8uInzcg",
    code_challenge_method: "S256",
    state: "a-state",
    ...changes,
  })}`;
const openChoice = async (changes: Record<string, string> = {}, acceptLanguage = "en") => {
  const redirect = await ask(authorizationUrl(changes));
  const url = redirect.headers.get("location") ?? "";
  const cookie = redirect.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const headers = { cookie, "accept-language": acceptLanguage };
  return { url, headers, page: await (await ask(url, { headers })).text() };
};

beforeAll(async () => {
  server = await startStandIn({ port: PORT, publicUrl: CONSOLE });
});
afterAll(() => {
  server.close();
});

test("the issuer is the same on every port, and every endpoint is on this one", async () => {
  const document = (await (await ask("/.well-known/openid-configuration")).json()) as Record<string, string>;
  expect(document.issuer).toBe("http://localhost/stand-in");
  for (const name of ["authorization_endpoint", "token_endpoint", "jwks_uri"]) {
    expect(document[name]).toMatch(new RegExp(`^${ORIGIN}/`));
  }
});

describe("the page", () => {
  test("says what it is, and lists people of whom one is unverified", async () => {
    const { page } = await openChoice();
    expect(page).toContain('<html lang="en">');
    expect(page).toContain("This is a stand-in for Google");
    expect(page).toContain("Nobody is verified here, and only this computer can reach this page.");
    expect(page.match(/name="email" value="[^"]+@/g)?.length).toBeGreaterThanOrEqual(3);
    expect(page).toContain("unverified@example.com · address not verified");
  });

  test.each([
    [{}, "zh-TW,zh;q=0.9,en;q=0.8", "zh-TW"],
    [{}, "de,en;q=0.5", "en"],
    [{ ui_locales: "zh-TW" }, "en", "zh-TW"],
    [{ ui_locales: "en" }, "zh-TW", "en"],
  ])("asked with %j by a browser that reads %s it is in %s", async (changes, acceptLanguage, language) => {
    const { page } = await openChoice(changes, acceptLanguage);
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain(language === "en" ? "Who would you like to be?" : "您想以誰的身分登入？");
  });

  test("runs no script, loads nothing and cannot be framed or kept", async () => {
    const { url, headers } = await openChoice();
    const answer = await ask(url, { headers });
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self' http:\/\/localhost:4330;/,
    );
    expect(policy).toContain("frame-ancestors 'none'");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.text()).not.toMatch(/<script|<link|<img|style=|\son\w+=/);
  });

  test.each(["", "no address", "a@b@c", "@example.com", "a@", '"><script>@x', "x".repeat(300).concat("@example.com")])(
    "shows %j again as no e-mail address, as text",
    async (email) => {
      const { url, headers } = await openChoice();
      const body = new URLSearchParams({ email, name: "<b>Dana</b>", domain: '">firm.tld' });
      const answer = await ask(url, { method: "POST", headers, body });
      const page = await answer.text();
      expect(answer.status).toBe(400);
      expect(page).toContain("Enter an e-mail address");
      expect(page).not.toMatch(/<script|<b>/);
      expect(page).toContain("&#60;b&#62;Dana");
      expect(page).toContain('value="&#34;&#62;firm.tld"');
    },
  );

  test("says that the sign-in is over when it is, and leads back", async () => {
    const { url, headers } = await openChoice();
    for (const cookie of ["", headers.cookie.replaceAll(/=[^;]+/g, "=x")]) {
      const answer = await ask(url, { headers: { ...headers, cookie } });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain(`href="${CONSOLE}/sign-in"`);
    }
  });
});

test.each<Record<string, string>>([
  { redirect_uri: "https://evil.example/api/auth/callback/google" },
  { redirect_uri: `${CALLBACK}/more` },
  { client_id: "somebody-else" },
])("a request with %j leads nowhere", async (changes) => {
  const answer = await ask(authorizationUrl(changes), { headers: { accept: "text/html", "accept-language": "en" } });
  expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
  expect(await answer.text()).toContain("This sign-in cannot go on");
});

test("a request without PKCE is sent back", async () => {
  const answer = await ask(authorizationUrl({ code_challenge: "", code_challenge_method: "" }));
  expect(answer.headers.get("location")).toMatch(
    /^http:\/\/localhost:4330\/api\/auth\/callback\/google\?error=invalid_request/,
  );
});

test("another name for this address gets no answer", async () => {
  const status = await new Promise((resolve, reject) => {
    const options = { port: PORT, host: "127.0.0.1", headers: { host: `evil.example:${PORT}` } };
    request(options, (response) => resolve(response.resume().statusCode))
      .on("error", reject)
      .end();
  });
  expect(status).toBe(421);
});
