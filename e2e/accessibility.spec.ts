import type { Page } from "@playwright/test";
import { ask, withKey } from "#lib/testing/console/api-client";
import { signInBrowser } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";

type Look = (place: string) => Promise<void>;

/** Every screen and every dialog of the console, one after the other. */
const visitAll = async (page: Page, url: string, text: typeof en, look: Look): Promise<void> => {
  await page.goto(`${url}/sign-in?error=NotAllowed`);
  await look("sign-in");
  await page.goto(`${url}/nothing-here`);
  await look("not found");

  const user = await signInBrowser(page.context(), url);
  await page.goto(`${url}/settings`);
  await look("Settings, empty");
  await page.getByRole("button", { name: text.keys.generate }).first().click();
  await page.getByLabel(text.keyName.label, { exact: true }).fill("Test");
  await expect(page.getByText(text.keyName.vague)).toBeVisible();
  await look("dialog: generate");
  await page.getByRole("dialog").getByRole("button", { name: text.generateKey.generate, exact: true }).click();
  await expect(page.getByLabel(text.secret.label)).toBeVisible();
  await look("dialog: secret");
  await page.getByRole("dialog").getByRole("button", { name: text.secret.done }).click();
  await look("dialog: close without the key");
  await page.getByRole("button", { name: text.secret.leave }).click();

  const { id, key } = await user.generateKey("🔑".repeat(20) + "金鑰名稱很長很長".repeat(5));
  const { json } = await ask(url, "/v2/posts", { json: { post: { text: ["Hello", "世界"] } }, headers: withKey(key) });
  await user.ask(`/api/keys/${id}`, { method: "PATCH", json: { is_active: false } });
  await page.goto(`${url}/settings`);
  await look("Settings, with keys");
  await page.getByRole("button", { name: `${text.keys.rename} Test` }).click();
  await look("renaming in place");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `${text.keys.delete} Test` }).click();
  await look("dialog: delete");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: text.header.userMenu.replace("{name}", "").trim() }).click();
  await look("user menu");

  await page.goto(`${url}/settings`);
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: text.keys.delete, exact: true }).click();
  await look("dialog: delete several");
  await page.keyboard.press("Escape");
  await page.locator("body").press("?");
  await look("dialog: shortcuts");

  const calendars = ["/posts/calendar", "/posts/calendar?month=2026-12"];
  for (const path of [`/settings/keys/${id}`, "/account", "/account/security", "/account/api-keys", ...calendars]) {
    await page.goto(url + path);
    await look(path);
  }
  await page.goto(`${url}/account/security`);
  await page.getByRole("button", { name: text.security.everywhere }).click();
  await look("dialog: sign out everywhere");
  const { post_url } = json.data as { post_url: string };
  await page.goto(post_url);
  await look("sandbox feed");
};

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`every screen and dialog is clean for axe and fits 320 pixels (${locale}, ${colorScheme})`, async ({
      browser,
      server,
    }) => {
      test.setTimeout(420_000);
      const context = await browser.newContext({ locale, colorScheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" && !message.text().includes("404")) faults.push(message.text());
      });
      page.on("pageerror", (error) => faults.push(error.message));
      await visitAll(page, server.url, text, async (place) => {
        faults.push(...(await findFaults(page, place)));
      });
      expect(faults).toEqual([]);
      await context.close();
    });
  }
}
