import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { ask, withKey } from "./api-client.ts";
import { lendSession } from "./console-user.ts";
import { findFreePort } from "./find-free-port.ts";
import { expect, test } from "./fixtures.ts";
import { type RunningServer, startServer } from "./start-server.ts";
import { createUser, type User } from "./user.ts";

// The request that GitHub's documentation shows, and the key that it was signed with.
const DOCUMENTED = {
  body: '[{"source":"commit","token":"some_token","type":"some_type","url":"https://example.com/base-repo-url/"}]',
  id: "bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c",
  signature: "MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==",
  key: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd\nAjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==\n-----END PUBLIC KEY-----\n",
};

const WELL_FORMED_KEY = "boring_0123456789ABCDEFGHIJabcdefghij3dpHPp";

const toForm = (keys: { id: string; key: string }[]) =>
  JSON.stringify({ public_keys: keys.map(({ id, key }) => ({ key_identifier: id, key, is_current: true })) });

const createSigner = (id: string) => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { id, key: publicKey.export({ type: "spki", format: "pem" }).toString(), privateKey };
};

const signedBy = ({ id, privateKey }: { id: string; privateKey: KeyObject }, body: string) => ({
  "Content-Type": "application/json",
  "Github-Public-Key-Identifier": id,
  "Github-Public-Key-Signature": sign("sha256", Buffer.from(body), privateKey).toString("base64"),
});

const report = ({ url }: RunningServer, body: string, headers: Record<string, string>) =>
  ask(url, "/v2/secret-scanning/github", { body, headers });

const me = async ({ url }: RunningServer, key: string) => (await ask(url, "/v2/me", { headers: withKey(key) })).status;

const revoke = ({ url }: RunningServer, json: unknown, from = "192.0.2.1") =>
  ask(url, "/v2/keys/revoke", { json, headers: { "X-Forwarded-For": from } });

for (const carrier of ["fast lane", "next"]) {
  test.describe(`carried by the ${carrier}`, () => {
    test.describe.configure({ mode: "default" });
    const github = createSigner("current");
    let keysFile: string;
    let server: RunningServer;
    let user: User;

    test.beforeAll(async () => {
      keysFile = path.join(tmpdir(), `boring-github-keys-${await findFreePort()}.json`);
      writeFileSync(keysFile, toForm([github, DOCUMENTED]));
      const env = { GITHUB_SECRET_SCANNING_KEYS: keysFile, TRUSTED_PROXIES: "1", RATE_LIMIT_PER_MINUTE: "1000000" };
      server = await startServer({ env, ...(carrier === "next" && { args: ["--carrier=next"] }) });
      user = await createUser(server.url);
    });
    test.afterAll(async () => {
      await server.stop();
      rmSync(keysFile);
    });

    test("a key that a stranger reports is refused from the answer on, while callers hammer", async () => {
      const { id, key } = await user.generateKey();
      const acceptedFrom: number[] = [];
      let isRunning = true;
      const callers = Array.from({ length: 16 }, async () => {
        while (isRunning) {
          const sentAt = performance.now();
          if ((await me(server, key)) === 200) acceptedFrom.push(sentAt);
        }
      });
      await expect.poll(() => acceptedFrom.length, { timeout: 30_000 }).toBeGreaterThan(32);
      expect((await revoke(server, { keys: [WELL_FORMED_KEY, key] }, "192.0.2.10")).status).toBe(202);
      const endedAt = performance.now();
      await expect.poll(() => me(server, key)).toBe(401);
      isRunning = false;
      await Promise.all(callers);
      expect(acceptedFrom.filter((sentAt) => sentAt > endedAt)).toEqual([]);
      const enabled = await user.ask(`/api/keys/${id}`, { method: "PATCH", json: { is_active: true } });
      expect([enabled.status, enabled.json.error]).toEqual([409, "InvalidState"]);
    });

    test("a stranger is told the same whatever the keys are", async () => {
      const { key } = await user.generateKey();
      const answers: string[] = [];
      for (const keys of [[key], [key], [WELL_FORMED_KEY], ["x"], [""], Array(1000).fill("\u0000\ud800")]) {
        const { status, text } = await revoke(server, { keys }, "192.0.2.11");
        answers.push(`${status} ${text}`);
      }
      expect(new Set(answers).size).toBe(1);
      expect(answers[0]).toMatch(/^202 /);
    });

    for (const [index, body] of [
      {},
      [],
      null,
      "x",
      { keys: [] },
      { keys: "x" },
      { keys: [1] },
      { keys: [null] },
      { keys: { not: "" } },
      { keys: Array(1001).fill("x") },
      { keys: ["x"], userId: "x" },
    ].entries()) {
      test(`a report of the wrong shape is a 400: ${JSON.stringify(body).slice(0, 30)}`, async () => {
        const { status, json } = await revoke(server, body, `192.0.2.${100 + index}`);
        expect([status, json.error]).toEqual([400, expect.any(String)]);
      });
    }

    test("an address may report ten times a minute, and does not use up another's", async () => {
      const answers = await Promise.all(
        Array.from({ length: 14 }, (_, index) => revoke(server, { keys: ["x"] }, `2001:db8:7:7::${index}`)),
      );
      const limited = answers.filter(({ status }) => status === 429);
      expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
      expect(limited).toHaveLength(4);
      for (const { headers, json } of limited) {
        expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
        expect(json.error).toBe("RateLimitExceeded");
      }
      expect((await revoke(server, { keys: ["x"] }, "2001:db8:7:8::1")).status).toBe(202);
    });

    test("GitHub's own example is accepted, and is a false positive here", async () => {
      const { status, json } = await report(server, DOCUMENTED.body, {
        "Content-Type": "application/json",
        "Github-Public-Key-Identifier": DOCUMENTED.id,
        "Github-Public-Key-Signature": DOCUMENTED.signature,
      });
      expect(status).toBe(200);
      expect(json).toEqual([{ token_raw: "some_token", token_type: "some_type", label: "false_positive" }]);
    });

    test("what GitHub signs disables our keys and labels each token", async () => {
      const [live, deleted] = [await user.generateKey("Live"), await user.generateKey("Deleted")];
      await user.deleteKey(deleted.id);
      const url = "https://github.com/octocat/Hello-World/blob/main/.env";
      const tokens = [live.key, WELL_FORMED_KEY, deleted.key, live.key];
      const body = JSON.stringify(tokens.map((token) => ({ token, type: "boring_key", url, source: "content" })));
      const { status, json } = await report(server, body, signedBy(github, body));
      expect(status).toBe(200);
      expect(json).toEqual([
        { token_raw: live.key, token_type: "boring_key", label: "true_positive" },
        { token_raw: WELL_FORMED_KEY, token_type: "boring_key", label: "false_positive" },
        { token_raw: deleted.key, token_type: "boring_key", label: "true_positive" },
        { token_raw: live.key, token_type: "boring_key", label: "true_positive" },
      ]);
      expect(await me(server, live.key)).toBe(401);
      const { json: leak } = await user.ask(`/api/keys/${live.id}/leak`, { method: "POST" });
      expect(leak).toMatchObject({ source: "github", url });
    });

    test("ten thousand tokens are answered in one go", async () => {
      const { key } = await user.generateKey();
      const tokens = Array.from({ length: 10_000 }, (_, index) => (index ? WELL_FORMED_KEY : key));
      const body = JSON.stringify(tokens.map((token) => ({ token, type: "k", url: "", source: "npm" })));
      const headers = signedBy(github, body);
      const response = await fetch(`${server.url}/v2/secret-scanning/github`, { method: "POST", body, headers });
      const labels = (await response.json()) as { label: string }[];
      expect(labels.filter(({ label }) => label === "true_positive")).toHaveLength(1);
      expect(labels).toHaveLength(10_000);
      expect(await me(server, key)).toBe(401);
    });

    test("nothing unsigned, badly signed or changed on its way disables a key", async () => {
      const { key } = await user.generateKey();
      const body = JSON.stringify([{ token: key, type: "boring_key", url: "", source: "content" }]);
      const good = signedBy(github, body);
      const { "Github-Public-Key-Signature": _, ...unsigned } = good;
      const refused: [string, Record<string, string>][] = [
        [body, { "Content-Type": "application/json" }],
        [body, unsigned],
        [body, { ...good, "Github-Public-Key-Signature": "AAAA" }],
        [body, { ...good, "Github-Public-Key-Identifier": "another" }],
        [body, signedBy({ ...createSigner("current") }, body)],
        [`${body} `, good],
        [body.replace("boring_key", "boring_kez"), good],
        ["not JSON", good],
      ];
      for (const [sent, headers] of refused) {
        const { status, json } = await report(server, sent, headers);
        expect([status, json.error, json.message]).toEqual([
          401,
          "Unauthorized",
          expect.stringContaining("Github-Pub"),
        ]);
      }
      expect(await me(server, key)).toBe(200);
      const wrong = JSON.stringify([{ token: 1 }]);
      expect((await report(server, wrong, signedBy(github, wrong))).status).toBe(400);
    });

    test("keys that GitHub has since published are found", async () => {
      const rotated = createSigner("rotated");
      const body = JSON.stringify([{ token: WELL_FORMED_KEY, type: "k" }]);
      expect((await report(server, body, signedBy(rotated, body))).status).toBe(401);
      writeFileSync(keysFile, toForm([rotated]));
      expect((await report(server, body, signedBy(rotated, body))).status).toBe(200);
    });
  });
}

test("while GitHub's keys cannot be read a report is a 503, and is accepted when they can", async () => {
  const port = await findFreePort();
  const github = createSigner("current");
  const server = await startServer({ env: { GITHUB_SECRET_SCANNING_KEYS: `http://127.0.0.1:${port}/keys` } });
  const body = JSON.stringify([{ token: WELL_FORMED_KEY, type: "k" }]);
  const down = await report(server, body, signedBy(github, body));
  expect([down.status, down.json.error]).toEqual([503, "ServiceUnavailable"]);
  expect(Number(down.headers.get("retry-after"))).toBeGreaterThan(0);

  let readings = 0;
  const published = createServer((_, response) => {
    readings++;
    response.setHeader("Content-Type", "application/json").end(toForm([github]));
  });
  await new Promise<void>((resolve) => published.listen(port, "127.0.0.1", resolve));
  for (let count = 0; count < 3; count++) {
    expect((await report(server, body, signedBy(github, body))).status).toBe(200);
  }
  expect(readings).toBe(1);
  published.close();
  await server.stop();
});

test("an owner's word disables their key, and nobody else's", async ({ server, user }) => {
  const { id, key } = await user.generateKey();
  const stranger = await createUser(server.url);
  for (const path of [`/api/keys/${id}/leak`, `/api/keys/${id}/leak/acknowledge`, "/api/keys/1/leak"]) {
    expect((await stranger.ask(path, { method: "POST" })).status).toBe(404);
    expect((await ask(server.url, path, { method: "POST" })).status).toBe(401);
    const headers = { "Sec-Fetch-Site": "cross-site" };
    expect((await user.ask(path, { method: "POST", headers })).status).toBe(403);
  }
  expect((await user.ask(`/api/keys/${id}/leak/acknowledge`, { method: "POST" })).status).toBe(404);
  expect(await me(server, key)).toBe(200);
  const { status, json } = await user.ask(`/api/keys/${id}/leak`, { method: "POST" });
  expect([status, json.source, json.acknowledged_at]).toEqual([200, "owner", null]);
  expect(await me(server, key)).toBe(401);
});

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  test(`the console warns of a leak, leads through it and puts the warning away (${locale})`, async ({
    browser,
    server,
    user,
  }) => {
    const context = await browser.newContext({ locale, colorScheme: locale === "en" ? "light" : "dark" });
    const page = await context.newPage();
    await lendSession(context, server.url, user);
    const faults: string[] = [];
    const look = async (place: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      faults.push(...violations.map(({ id, nodes }) => `${place}: ${id} ${nodes[0]?.html.slice(0, 120)}`));
      await page.setViewportSize({ width: 320, height: 700 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) faults.push(`${place}: ${overflow} pixels too wide at 320`);
      await page.setViewportSize({ width: 1280, height: 900 });
    };

    const { id, key } = await user.generateKey("Production {url}");
    await ask(server.url, "/v2/posts", { json: { post: { text: "By whom?" } }, headers: withKey(key) });
    await page.goto(`${server.url}/settings/keys/${id}/leak`);
    await look("not leaked");
    await expect(page.getByRole("region", { name: text.leak.banner })).toHaveCount(0);
    await page.getByRole("button", { name: text.leak.report }).click();
    await expect(page.getByText(text.leak.byOwner)).toBeVisible();
    expect(await me(server, key)).toBe(401);

    const other = await user.generateKey("Staging");
    await ask(server.url, "/v2/keys/revoke", { json: { keys: [other.key] } });
    for (const place of ["/settings", "/account", "/account/security"]) {
      await page.goto(server.url + place);
      await expect(page.getByRole("region", { name: text.leak.banner }).getByRole("link")).toHaveCount(2);
    }
    await look("banner");
    await page.getByRole("link", { name: text.leak.nextFor.replace("{name}", "Production {url}") }).click();
    await look("leaked");
    await expect(page.getByRole("link", { name: "By whom?" })).toHaveAttribute("href", /\/sandbox\//);
    await page.getByLabel(text.leak.since).fill("2999-01-01");
    await page.getByLabel(text.leak.since).evaluate((input) => input.removeAttribute("max"));
    await page.getByRole("button", { name: text.leak.show }).click();
    await expect(page).toHaveURL(/since=2999-01-01/);
    await expect(page.getByText(text.leak.noPosts)).toBeVisible();
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await page.getByRole("button", { name: text.leak.finish }).click();
    await expect(page.getByText(text.leak.finished)).toBeVisible();
    await expect(page.getByRole("region", { name: text.leak.banner }).getByRole("link")).toHaveCount(1);
    expect(faults).toEqual([]);
    await context.close();
  });
}

test("where a key was found is text, and a link only into the web", async ({ browser }) => {
  const github = createSigner("current");
  const keysFile = path.join(tmpdir(), `boring-github-keys-${await findFreePort()}.json`);
  writeFileSync(keysFile, toForm([github]));
  const server = await startServer({ env: { GITHUB_SECRET_SCANNING_KEYS: keysFile } });
  const user = await createUser(server.url);
  const [web, script] = [await user.generateKey("Web"), await user.generateKey("Script")];
  const [webUrl, scriptUrl] = ["https://example.com/<b>", "javascript:alert(1)"];
  const body = JSON.stringify([
    { token: web.key, type: "k", url: webUrl },
    { token: script.key, type: "k", url: scriptUrl },
  ]);
  expect((await report(server, body, signedBy(github, body))).status).toBe(200);
  const context = await browser.newContext({ locale: "en" });
  await lendSession(context, server.url, user);
  const page = await context.newPage();
  await page.goto(`${server.url}/settings`);
  const banner = page.getByRole("region", { name: en.leak.banner });
  await expect(banner.getByRole("link", { name: webUrl })).toHaveAttribute("rel", /noreferrer/);
  await expect(banner.getByText(scriptUrl)).toBeVisible();
  await expect(banner.getByRole("link", { name: scriptUrl })).toHaveCount(0);
  await context.close();
  await server.stop();
  rmSync(keysFile);
});
