import type { Page } from "@playwright/test";
import { lendSession } from "#lib/testing/console/console-user";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser, type User } from "#lib/testing/console/user";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";

let postgres: Postgres;
let server: RunningServer;
let user: User;

test.describe.configure({ mode: "serial" });
test.skip(!findPostgres(), "PostgreSQL is not installed here");

test.beforeAll(async () => {
  test.setTimeout(240_000);
  postgres = await startPostgres();
  server = await startServer({ env: { DATABASE_URL: await postgres.createDatabase("errors") } });
  user = await createUser(server.url);
  await user.generateKey();
});

test.afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
});

/** Takes the messages out of the layout on their way to the browser, so that the layout cannot show the error. */
const loseMessages = (page: Page) =>
  page.route("**/settings", async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    const lost = body.replace(/\\"value\\":(?=\{\\"title\\")/, '\\"lost\\":');
    expect(lost).not.toBe(body);
    await route.fulfill({ response, body: lost });
  });

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`a page that fails says so, with a reference that the log knows, and can be tried again (${locale}, ${colorScheme})`, async ({
      browser,
    }) => {
      test.setTimeout(120_000);
      const context = await browser.newContext({ locale, colorScheme, reducedMotion: "reduce" });
      await lendSession(context, server.url, user);
      const page = await context.newPage();
      const { failure } = text;
      const reference = page.getByText(/\d{6,}/);
      await postgres.halt();

      expect((await page.goto(`${server.url}/settings`))?.status()).toBe(500);
      await expect(page.getByRole("heading", { name: failure.title })).toBeVisible();
      await expect(page).toHaveTitle(`${failure.title} · Boring Console`);
      await expect(page.getByText(failure.lead)).toBeVisible();
      const [digest = "none"] = /\d+/.exec(await reference.innerText()) ?? [];
      await expect(reference).toHaveText(failure.reference.replace("{digest}", digest));
      expect(server.output()).toContain(digest);
      expect(await findFaults(page, "error")).toEqual([]);

      await loseMessages(page);
      await page.goto(`${server.url}/settings`);
      await expect(page.getByRole("heading", { name: `${en.failure.title} ${zhTw.failure.title}` })).toBeVisible();
      await expect(page).toHaveTitle(/· Boring Console$/);
      await expect(reference).toContainText(digest);
      expect(await findFaults(page, "error of the layout")).toEqual([]);

      await page.unroute("**/settings");
      await postgres.start();
      await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 30_000 }).toBe(200);
      await page.getByRole("button", { name: `${en.failure.retry} · ${zhTw.failure.retry}` }).click();
      await expect(page.getByRole("heading", { level: 1, name: text.settings.title })).toBeVisible();
      await context.close();
    });
  }

  test(`a page that fails in the browser names no reference, because there is none (${locale})`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ locale });
    await lendSession(context, server.url, user);
    const page = await context.newPage();
    await page.addInitScript(() => {
      Date.prototype.getTimezoneOffset = () => {
        throw new Error("broken");
      };
    });
    await page.goto(`${server.url}/settings`);
    await expect(page.getByRole("heading", { name: text.failure.title })).toBeVisible();
    await expect(page.getByText(text.failure.leadWithoutReference)).toBeVisible();
    await expect(page.getByText(text.failure.reference.replace("{digest}", ""))).toHaveCount(0);
    await context.close();
  });
}
