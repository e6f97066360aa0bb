import type { Locator, Page } from "@playwright/test";
import { signInBrowser } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";

const shownSecret = (page: Page): Locator => page.getByRole("dialog", { name: en.secret.title });

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

test("a browser without a clipboard gets the copy all the same, and success is told only then", async ({
  page,
  server,
}) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  const key = await generate(page, server.url);
  const copied = page.evaluate(
    () => new Promise<string>((resolve) => document.addEventListener("copy", () => resolve(String(getSelection())))),
  );
  await shownSecret(page).getByRole("button", { name: en.secret.copy }).click();
  await expect(shownSecret(page).getByText(en.copy.copied)).toBeVisible();
  expect(await copied).toBe(key);
});

test("where nothing can be copied the key is selected, and nobody is told that it was copied", async ({
  page,
  server,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("denied")) } });
    document.execCommand = () => false;
  });
  const key = await generate(page, server.url);
  await shownSecret(page).getByRole("button", { name: en.secret.copy }).click();
  await expect(shownSecret(page).getByText(en.copy.selected)).toBeVisible();
  await expect(shownSecret(page).getByText(en.copy.copied, { exact: true })).toHaveCount(0);
  const selected = await page.evaluate(() => {
    const field = document.activeElement as HTMLTextAreaElement;
    return field.value.slice(field.selectionStart, field.selectionEnd);
  });
  expect(selected).toBe(key);
});
