import { ask, tryKey, withKey } from "#lib/testing/console/api-client";
import { lendSession } from "#lib/testing/console/console-user";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";
import { createKeysFile, createSigner, report, signedBy } from "./github-signer.ts";

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
  expect(await tryKey(server.url, key)).toBe(200);
  const { status, json } = await user.ask(`/api/keys/${id}/leak`, { method: "POST" });
  expect([status, json.source, json.acknowledged_at]).toEqual([200, "owner", null]);
  expect(await tryKey(server.url, key)).toBe(401);
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
      faults.push(...(await findFaults(page, place)));
    };

    const { id, key } = await user.generateKey("Production {url}");
    await ask(server.url, "/v2/posts", { json: { post: { text: "By whom?" } }, headers: withKey(key) });
    await page.goto(`${server.url}/settings/keys/${id}/leak`);
    await look("not leaked");
    await expect(page.getByRole("region", { name: text.leak.banner })).toHaveCount(0);
    await page.getByRole("button", { name: text.leak.report }).click();
    await expect(page.getByText(text.leak.byOwner)).toBeVisible();
    expect(await tryKey(server.url, key)).toBe(401);

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
    await page.getByLabel(text.leak.since).evaluate((input) => input.removeAttribute("max"));
    await page.getByLabel(text.leak.since).fill("2999-01-01");
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
  const keysFile = createKeysFile([github]);
  const server = await startServer({ env: { GITHUB_SECRET_SCANNING_KEYS: keysFile.path } });
  const user = await createUser(server.url);
  const [web, script] = [await user.generateKey("Web"), await user.generateKey("Script")];
  const [webUrl, scriptUrl] = ["https://example.com/<b>", "javascript:alert(1)"];
  const body = JSON.stringify([
    { token: web.key, type: "k", url: webUrl },
    { token: script.key, type: "k", url: scriptUrl },
  ]);
  expect((await report(server.url, body, signedBy(github, body))).status).toBe(200);
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
});
