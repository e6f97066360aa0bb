import { randomUUID } from "node:crypto";
import { ask, withKey } from "#lib/testing/console/api-client";
import { signInBrowser } from "#lib/testing/console/console-user";
import { startServer } from "#lib/testing/console/start-server";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";
import { NO_REQUESTS, readRequests, readTotals } from "./key-usage.ts";

test("an installation that keeps no usage notes nothing, and its page says why", async ({ context, page }) => {
  const server = await startServer({ env: { USAGE_RETENTION_DAYS: "0" } });
  const user = await signInBrowser(context, server.url);
  const { id, key } = await user.generateKey();
  await ask(server.url, "/v2/me", { headers: withKey(key) });
  await server.stop();
  const again = await startServer({ dataDir: server.dataDir, port: server.port, env: { USAGE_RETENTION_DAYS: "0" } });
  expect(await readTotals(user, id)).toEqual(NO_REQUESTS);
  await page.goto(`${again.url}/settings/keys/${id}/usage`);
  await expect(page.getByText(en.usage.offTitle)).toBeVisible();
  await again.stop();
});

test("the page says how many requests there were, in words, numbers and rows", async ({ context, page, server }) => {
  const user = await signInBrowser(context, server.url);
  const { id, key } = await user.generateKey("Production");
  await page.goto(`${server.url}/settings/keys/${id}/usage`);
  await expect(page.getByText(en.usage.emptyTitle)).toBeVisible();

  for (let index = 0; index < 21; index++) await ask(server.url, "/v2/me", { headers: withKey(key) });
  await expect.poll(async () => (await readTotals(user, id)).ok).toBe(21);
  await ask(server.url, `/v2/posts/${randomUUID()}`, { headers: withKey(key) });
  await user.updateKey(id, { is_active: false });
  await ask(server.url, "/v2/me", { headers: withKey(key) });
  await expect.poll(() => readTotals(user, id)).toEqual({ ...NO_REQUESTS, ok: 21, client_error: 1, refused: 1 });

  await page.reload();
  await expect(page.getByText("Requests in the last 24 hours: 22. Successful: 21.")).toBeVisible();
  await page.getByText(en.usage.asTable).click();
  const cells = page.getByRole("table").first().getByRole("row").nth(1).getByRole("cell");
  await expect(cells).toHaveText(["21", "1", "0", "0", "1"]);

  await page.getByRole("link", { name: en.usage.older }).click();
  await expect(page.getByText("Page 2 of 2")).toBeVisible();
  await page.getByRole("link", { name: en.usage.days30 }).click();
  await expect(page).toHaveURL(/\?period=30d$/);
  await page.getByRole("navigation", { name: en.usage.filter }).getByRole("link", { name: "Refused" }).click();
  await expect(page).toHaveURL(/\?period=30d&show=refused$/);
  await expect(page.getByText(en.usage.refusals.disabled)).toHaveCount(1);
  await expect(page.getByRole("table").last().getByRole("row")).toHaveCount(2);
  expect((await page.goto(`${server.url}/settings/keys/${id}/usage?page=9`))?.status()).toBe(404);
});

test("hours are the reader's, also where they begin at a quarter to, with UTC beside them", async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ timezoneId: "Asia/Kathmandu" });
  const user = await signInBrowser(context, server.url);
  const { id, key } = await user.generateKey("Production");
  await ask(server.url, "/v2/me", { headers: withKey(key) });
  await expect.poll(async () => (await readTotals(user, id)).ok).toBe(1);
  const page = await context.newPage();
  const mismatches: string[] = [];
  page.on("console", (message) => message.type() === "error" && mismatches.push(message.text()));
  page.on("pageerror", (error) => mismatches.push(error.message));
  await page.goto(`${server.url}/settings/keys/${id}/usage`);
  const summary = page.locator("#usage-summary");
  await expect(summary.locator("time")).toHaveText(/ \d\d:45$/);
  await summary.locator("time").hover();
  await expect(summary.getByRole("tooltip")).toContainText(/:45:00 UTC\+05:45.*:00:00 UTC/);
  await expect(page.getByText(en.usage.utc)).toHaveCount(0);
  await page.getByRole("link", { name: en.usage.days30 }).click();
  await expect(page.getByText(en.usage.utcDays)).toBeVisible();
  await expect(summary).toContainText(" UTC,");
  expect(mismatches).toEqual([]);
  await context.close();
});

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`the usage page is clean for axe and fits 320 pixels (${locale}, ${colorScheme})`, async ({
      browser,
      server,
    }) => {
      const context = await browser.newContext({ locale, colorScheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      const user = await signInBrowser(context, server.url);
      const { id, key } = await user.generateKey("金鑰名稱很長很長".repeat(5));
      await ask(server.url, "/v2/me", { headers: { ...withKey(key), "User-Agent": "long".repeat(60) } });
      await ask(server.url, "/v2/posts", { json: {}, headers: withKey(key) });
      await user.updateKey(id, { is_active: false });
      await ask(server.url, "/v2/me", { headers: withKey(key) });
      await expect.poll(() => readRequests(user, id)).toHaveLength(3);
      for (const query of ["", "?period=7d", "?period=30d&show=refused"]) {
        await page.goto(`${server.url}/settings/keys/${id}/usage${query}`);
        await page.getByText(text.usage.asTable).click();
        expect(await findFaults(page, query)).toEqual([]);
      }
      await context.close();
    });
  }
}
