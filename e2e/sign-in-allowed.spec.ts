import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { rememberPerson } from "#lib/auth/stand-in/people";
import { openHttpBrowser } from "#lib/testing/console/http-browser";
import { choose, type SignInPerson, signIn, startSignIn } from "#lib/testing/console/sign-in";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";

test.describe.configure({ mode: "serial", timeout: 300_000 });

const ALLOWED_SIGN_INS = "firm.tld,büro.tld,boss@elsewhere.tld,ada@gmail.com";

const ADMITTED: SignInPerson[] = [
  { email: "ada@other.tld", domain: "firm.tld" },
  { email: "ben@firm.tld", domain: "FIRM.TLD" },
  { email: "mei@other.tld", domain: "xn--bro-hoa.tld" },
  { email: "boss@elsewhere.tld" },
  { email: "a.d.a+console@googlemail.com" },
];
const REFUSED: SignInPerson[] = [
  { email: "eve@firm.tld" },
  { email: "eve@firm.tld.evil.tld", domain: "firm.tld.evil.tld" },
  { email: "eve@sub.firm.tld", domain: "sub.firm.tld" },
  { email: "eve@evil.tld", domain: "evil.tld" },
  { email: "boss+x@elsewhere.tld" },
  { email: "unverified@example.com" },
];

let server: RunningServer;

test.beforeAll(async () => {
  server = await startServer({ env: { ALLOWED_SIGN_INS } });
});
test.afterAll(() => server.stop());

const FLOW_COOKIES = ["csrf-token", "callback-url", "state", "nonce", "pkce.code_verifier"];

/** Every byte that a refused person gets: the answer to the callback and the page behind it, without what is always new. */
const readRefusal = async ({ email, domain = "" }: SignInPerson): Promise<unknown[]> => {
  const browser = openHttpBrowser();
  const callback = await choose(browser, server.url, await startSignIn(browser, server.url), { email, domain });
  const names = FLOW_COOKIES.map((name) => `next-auth.${name}`);
  const cookie = names.map((name) => `${name}=${browser.cookie(callback, name)}`).join("; ");
  const answer = await fetch(callback, { redirect: "manual", headers: { cookie } });
  const page = await fetch(answer.headers.get("location") ?? "", { headers: { "accept-language": "en" } });
  return [await toBytes(answer), await toBytes(page)];
};

const toBytes = async (answer: Response): Promise<unknown> => {
  const nonce = /'nonce-([^']+)'/.exec(answer.headers.get("content-security-policy") ?? "")?.[1] ?? "no nonce";
  const headers = [...answer.headers].filter(([name]) => !["date", "x-request-id"].includes(name));
  const text = JSON.stringify([answer.status, headers, await answer.text()]);
  return text.replaceAll(nonce, "").replaceAll(/Expires=[^;"]+/g, "");
};

for (const person of ADMITTED) {
  test(`${person.email} of ${person.domain ?? "no domain"} is let in`, async () => {
    const { cookie } = await signIn(server.url, person);
    expect((await fetch(`${server.url}/api/sessions`, { headers: { cookie } })).status).toBe(200);
  });
}

test("refusals are equal to the byte, whatever is missing, and say what to do", async () => {
  const refusals = [];
  for (const person of REFUSED) refusals.push(await readRefusal(person));
  const [first = []] = refusals;
  expect(refusals).toEqual(Array(REFUSED.length).fill(first));
  const [callback, page] = first;
  expect(callback).toContain(`${server.url}/sign-in?callbackUrl=%2Fsettings&error=NotAllowed`);
  expect(callback).not.toContain("session=");
  expect(page).toContain("Ask an administrator of this console to let it in, or use another account.");
});

test("nothing that is kept says who was refused", async () => {
  const [{ email: admitted } = { email: "" }] = ADMITTED;
  const refused = REFUSED.flatMap(({ email }) => [
    email,
    rememberPerson({ email, name: "", domain: undefined, isVerified: true }),
  ]);
  await server.stop();
  const files = await readdir(server.dataDir, { recursive: true, withFileTypes: true });
  const kept = [server.output()];
  for (const file of files.filter((one) => one.isFile())) {
    kept.push(await readFile(path.join(file.parentPath, file.name), "latin1"));
  }
  expect(kept.some((text) => text.includes(admitted))).toBe(true);
  expect(refused.filter((word) => kept.some((text) => text.includes(word)))).toEqual([]);
  expect(server.output().match(/sign_in\.refused: [^"]+/g)).toEqual([
    ...Array(REFUSED.length - 1).fill(
      "sign_in.refused: ALLOWED_SIGN_INS does not name the account, and no open invitation does",
    ),
    "sign_in.refused: Google has not verified the e-mail address",
  ]);
});

test("who has a user here enters after the setting has changed, and nobody new does", async () => {
  server = await startServer({ dataDir: server.dataDir, env: { ALLOWED_SIGN_INS: "nobody@elsewhere.tld" } });
  for (const { email } of ADMITTED) await signIn(server.url, { email });
  await expect(signIn(server.url, { email: "new@firm.tld", domain: "firm.tld" })).rejects.toThrow("error=NotAllowed");
});

test("the refusal leads to the choice of another account, and that one enters", async ({ page }) => {
  await page.goto(`${server.url}/sign-in?callbackUrl=/account`);
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await page.getByRole("button", { name: "Ben Lin" }).click();
  await expect(page).toHaveURL(`${server.url}/sign-in?callbackUrl=%2Faccount&error=NotAllowed`);
  await expect(page.getByText("This Google account may not sign in here.")).toBeVisible();
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname === "/auth");
  await page.getByRole("button", { name: "Use another account" }).click();
  expect(new URL((await asked).url()).searchParams.get("prompt")).toBe("select_account");
  await page.getByLabel("E-mail address").fill("boss@elsewhere.tld");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(`${server.url}/account`);
});

const OPEN = /^Every Google account may sign in\. .+ set ALLOWED_SIGN_INS, for example ALLOWED_SIGN_INS=.+$/gm;
const GOOGLE = { GOOGLE_CLIENT_ID: "x", GOOGLE_CLIENT_SECRET: "x" };

for (const [what, env, lines] of [
  ["a public address", { ...GOOGLE, PUBLIC_URL: "https://console.example.com" }, 1],
  ["a public address with the setting", { ...GOOGLE, PUBLIC_URL: "https://console.example.com", ALLOWED_SIGN_INS }, 0],
  ["this computer", GOOGLE, 0],
] as const) {
  test(`the start on ${what} ${lines ? "says in one line" : "does not say"} that everybody may sign in`, async () => {
    const started = await startServer({ env });
    expect(started.output().match(OPEN) ?? []).toHaveLength(lines);
    expect(started.output().match(/ALLOWED_SIGN_INS/g) ?? []).toHaveLength(lines * 2);
    await started.stop();
  });
}
