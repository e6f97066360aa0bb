import { randomUUID } from "node:crypto";
import { ask, withKey } from "#lib/testing/console/api-client";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";

const STAND_IN = {
  en: { other: "Somebody else", email: "E-mail address", continue: "Continue" },
  "zh-TW": { other: "使用其他帳號", email: "電子郵件地址", continue: "繼續" },
};

for (const [locale, lang, text] of [
  ["en", "en", en],
  ["zh-TW", "zh-Hant-TW", zhTw],
] as const) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale, permissions: ["clipboard-read", "clipboard-write"] });

    test("from the sign-in to a dead key, by clicking", async ({ page, server }) => {
      const problems: string[] = [];
      page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
      page.on("pageerror", (error) => problems.push(error.message));

      await page.goto(server.url);
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await page.getByRole("button", { name: text.signIn.google }).click();
      const standIn = STAND_IN[locale];
      await page.getByLabel(standIn.email).fill(`grace-${randomUUID()}@example.com`);
      await page.getByRole("button", { name: standIn.continue, exact: true }).click();
      await expect(page).toHaveURL(`${server.url}/settings`);
      await expect(page.getByText(text.keys.emptyTitle)).toBeVisible();
      await expect(page.getByRole("link", { name: text.keys.emptyDocs })).toHaveAttribute("href", "/docs");

      await page.getByRole("button", { name: text.keys.generate }).first().click();
      const form = page.getByRole("dialog", { name: text.generateKey.title });
      await form.getByLabel(text.keyName.label, { exact: true }).fill("Production Server");
      await form.getByRole("button", { name: text.generateKey.generate, exact: true }).click();

      const shown = page.getByRole("dialog", { name: text.secret.title });
      const key = await shown.getByLabel(text.secret.label).inputValue();
      expect(key).toMatch(/^boring_[0-9A-Za-z]{36}$/);
      await shown.getByRole("button", { name: text.secret.copy }).click();
      await expect(shown.getByText(text.copy.copied)).toBeVisible();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);

      await expect(shown.getByRole("link", { name: text.secret.tryDocs })).toBeVisible();
      await expect(shown.getByText(text.secret.waiting)).toBeVisible();
      const { status } = await ask(server.url, "/v2/posts", {
        json: { post: { text: "Hello" } },
        headers: withKey(key),
      });
      expect(status).toBe(201);
      await expect(shown.getByText(text.secret.arrived)).toBeVisible();
      await shown.getByRole("button", { name: text.secret.done }).click();

      const row = page.getByRole("row").filter({ hasText: "Production Server" });
      await expect(row).toContainText(`${key.slice(0, 10)}...`);
      await expect(row).not.toContainText(text.keys.never);
      expect(await page.content()).not.toContain(key.slice(10));

      await row.getByRole("button", { name: `${text.keys.delete} Production Server` }).click();
      const sure = page.getByRole("dialog");
      await expect(sure).toContainText(/\d{4}-\d\d-\d\d/);
      await sure.getByRole("button", { name: text.deleteKey.delete, exact: true }).click();
      await expect(page.getByText(text.keys.emptyTitle)).toBeVisible();

      const refused = await ask(server.url, "/v2/me", { headers: withKey(key) });
      expect([refused.status, refused.headers.get("x-auth-error")]).toEqual([401, "deleted"]);
      expect(problems).toEqual([]);
    });
  });
}

test("the browser's language decides, and the switch overrides it and is remembered", async ({ browser, server }) => {
  const page = await browser.newPage({ locale: "zh-TW" });
  await page.goto(`${server.url}/sign-in`);
  await expect(page.getByRole("button", { name: zhTw.signIn.google })).toBeVisible();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("button", { name: en.signIn.google })).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.close();
});
