import type { Locator, Page } from "@playwright/test";
import { ask, withKey } from "#lib/testing/console/api-client";
import { signInBrowser } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";

const shownSecret = (page: Page): Locator => page.getByRole("dialog", { name: en.secret.title });
const question = (page: Page): Locator => page.getByRole("dialog", { name: en.secret.leaveTitle });

/** Generates a key on Settings and leaves its secret on the screen. */
const generate = async (page: Page, url: string): Promise<string> => {
  await page.goto(`${url}/settings`);
  await page.getByRole("button", { name: en.keys.generate }).first().click();
  const form = page.getByRole("dialog", { name: en.generateKey.title });
  await form.getByRole("button", { name: "Development", exact: true }).first().click();
  await form.getByRole("button", { name: en.generateKey.generate, exact: true }).click();
  return shownSecret(page).getByLabel(en.secret.label).inputValue();
};

test.beforeEach(async ({ context, server }) => {
  await signInBrowser(context, server.url);
});

test("Escape, again and again, asks and never closes", async ({ page, server }) => {
  await generate(page, server.url);
  for (let press = 0; press < 6; press++) {
    await page.keyboard.press("Escape");
    await expect(shownSecret(page)).toBeAttached();
  }
  if (await question(page).isVisible()) await question(page).getByRole("button", { name: en.secret.back }).click();
  await expect(shownSecret(page).getByLabel(en.secret.label)).toHaveValue(/^boring_/);
});

test("a click outside and the close button ask first", async ({ page, server }) => {
  await generate(page, server.url);
  for (const leave of [
    () => page.mouse.click(5, 5),
    () => shownSecret(page).getByRole("button", { name: en.dialog.close, exact: true }).click(),
    () => shownSecret(page).getByRole("button", { name: en.secret.done }).click(),
  ]) {
    await leave();
    await question(page).getByRole("button", { name: en.secret.back }).click();
    await expect(question(page)).toHaveCount(0);
  }
  await expect(shownSecret(page)).toBeVisible();
});

test("a key that was used is saved somewhere, and is left without a question", async ({ page, server }) => {
  const key = await generate(page, server.url);
  await ask(server.url, "/v2/me", { headers: withKey(key) });
  await expect(shownSecret(page).getByText(en.secret.arrived)).toBeVisible();
  await expect(shownSecret(page).getByLabel(en.secret.saved)).toBeChecked();
  await shownSecret(page).getByRole("button", { name: en.secret.done }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("leaving the page asks first, until the key is saved", async ({ page, server }) => {
  await generate(page, server.url);
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await page.evaluate(() => location.assign("/account"));
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(shownSecret(page)).toBeVisible();
  await shownSecret(page).getByLabel(en.secret.saved).check();
  await page.evaluate(() => location.assign("/account"));
  await expect(page).toHaveURL(/\/account$/);
  expect(asked).toHaveLength(1);
});

test("the way back asks first, again and again, and leaves no step behind once the key is saved", async ({
  page,
  server,
}) => {
  await page.goto(`${server.url}/account`);
  const key = await generate(page, server.url);
  // iOS asks nobody when somebody swipes back, so that nothing may depend on it.
  await page.evaluate(() => addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true));
  for (let press = 0; press < 3; press++) {
    await page.evaluate(() => history.back());
    await question(page).getByRole("button", { name: en.secret.back }).click();
    await expect(shownSecret(page).getByLabel(en.secret.label)).toHaveValue(key);
  }
  await page.evaluate(() => history.back());
  await question(page).getByRole("button", { name: en.secret.leave }).click();
  await expect(shownSecret(page)).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(/\/account$/);
});

test("the way back asks also of somebody who has changed their mind about having saved it", async ({
  page,
  server,
}) => {
  const key = await generate(page, server.url);
  const saved = shownSecret(page).getByLabel(en.secret.saved);
  await saved.check();
  await saved.uncheck();
  await saved.check();
  await saved.uncheck();
  await page.evaluate(() => history.back());
  await expect(question(page)).toBeVisible();
  await question(page).getByRole("button", { name: en.secret.back }).click();
  await expect(shownSecret(page).getByLabel(en.secret.label)).toHaveValue(key);
});

test("a secret of a webhook and of an account ask before the way back as well", async ({ page, server }) => {
  await page.goto(`${server.url}/settings/webhooks`);
  await page.getByRole("button", { name: en.webhooks.add }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("https://example.com/hook");
  await dialog.getByRole("button", { name: en.webhooks.form.add, exact: true }).click();
  await expect(dialog.getByText(en.webhooks.secret.lead)).toBeVisible();
  await page.evaluate(() => history.back());
  await expect(dialog.getByText(en.webhooks.secret.leaving)).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/webhooks$/);
  await dialog.getByRole("button", { name: en.webhooks.secret.saved }).click();
  await expect(dialog).toHaveCount(0);
});

test("the docs open beside the secret, which stays on the screen", async ({ page, context, server }) => {
  const key = await generate(page, server.url);
  const opened = context.waitForEvent("page");
  await shownSecret(page).getByRole("link", { name: en.secret.tryDocs }).click();
  await expect(await opened).toHaveURL(`${server.url}/docs/requests`);
  await expect(shownSecret(page).getByLabel(en.secret.label)).toHaveValue(key);
});

test("after closing, the key is nowhere: not in the page, not in storage, not on the way back", async ({
  page,
  server,
}) => {
  const key = await generate(page, server.url);
  await shownSecret(page).getByLabel(en.secret.saved).check();
  await shownSecret(page).getByRole("button", { name: en.secret.done }).click();
  await expect(shownSecret(page)).toHaveCount(0);
  const traces = () =>
    page.evaluate(() =>
      [
        document.documentElement.outerHTML,
        ...[...document.querySelectorAll("textarea, input")].map((field) => (field as HTMLInputElement).value),
        JSON.stringify(localStorage),
        JSON.stringify(sessionStorage),
        JSON.stringify(history.state),
        location.href,
      ].join("\n"),
    );
  expect(await traces()).not.toContain(key.slice(10));
  await page.reload();
  expect(await traces()).not.toContain(key.slice(10));
  await page.goto(`${server.url}/account`);
  await page.goBack();
  // Going back is over for the browser before it is for the page.
  await expect(page.getByRole("heading", { name: en.keys.title })).toBeVisible();
  expect(await traces()).not.toContain(key.slice(10));
});

test("an answer that is lost does not leave a second key behind", async ({ page, server }) => {
  await page.goto(`${server.url}/settings`);
  let sent = 0;
  await page.route(/\/api\/keys\?/, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await route.fetch();
    return sent++ === 0 ? route.abort() : route.fallback();
  });
  await page.getByRole("button", { name: en.keys.generate }).first().click();
  const form = page.getByRole("dialog", { name: en.generateKey.title });
  await form.getByLabel(en.keyName.label, { exact: true }).fill("Once");
  await form.getByRole("button", { name: en.generateKey.generate, exact: true }).click();
  await expect(form.getByText(en.generateKey.uncertain)).toBeVisible();
  await expect(form.getByLabel(en.keyName.label, { exact: true })).toHaveValue("Once");
  await form.getByRole("button", { name: en.generateKey.generate, exact: true }).click();
  await expect(page.getByRole("dialog", { name: en.generateKey.lostTitle })).toBeVisible();
  await page.unrouteAll();
  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: "Once" })).toHaveCount(1);
});
