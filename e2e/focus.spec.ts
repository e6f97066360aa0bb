import type { Locator, Page } from "@playwright/test";
import { signInBrowser } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, inHours, sendPost, test } from "./posts-fixtures.ts";

/** Presses a button as people without a mouse do. */
const press = async (button: Locator): Promise<void> => {
  await button.focus();
  await button.press("Enter");
};
const keyRow = (page: Page, name: string) => page.locator("tbody tr", { hasText: name });

test("deleting a key moves the focus to the row beside it, and the last one to the section", async ({
  page,
  context,
  server,
}) => {
  const user = await signInBrowser(context, server.url);
  await user.generateKey("First");
  await user.generateKey("Second");
  await page.goto(`${server.url}/settings`);
  await press(page.getByRole("button", { name: `${en.keys.delete} Second` }));
  await press(page.getByRole("dialog").getByRole("button", { name: en.deleteKey.delete, exact: true }));
  await expect(keyRow(page, "Second")).toHaveCount(0);
  await expect(keyRow(page, "First")).toBeFocused();
  await press(page.getByRole("button", { name: `${en.keys.delete} First` }));
  await press(page.getByRole("dialog").getByRole("button", { name: en.deleteKey.delete, exact: true }));
  await expect(page.getByText(en.keys.emptyTitle)).toBeVisible();
  await expect(page.getByRole("heading", { name: en.keys.title, exact: true })).toBeFocused();
});

test("after several keys are deleted at once, the focus is at their section", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  for (const name of ["One", "Two", "Three"]) await user.generateKey(name);
  await page.goto(`${server.url}/settings`);
  await page.getByRole("checkbox").nth(0).check();
  await page.getByRole("checkbox").nth(1).check();
  await press(page.getByRole("button", { name: en.keys.delete, exact: true }));
  const dialog = page.getByRole("dialog");
  await press(dialog.getByRole("button", { name: en.keys.delete, exact: true }));
  await expect(dialog.getByText(en.bulk.deleted)).toHaveCount(2);
  await dialog.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("heading", { name: en.keys.title, exact: true })).toBeFocused();
});

test("what was only looked at gives the focus back to its button", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  await user.generateKey("One");
  await user.generateKey("Two");
  await page.goto(`${server.url}/settings`);
  for (const name of [en.lookUp.open, en.keys.generate]) {
    const button = page.getByRole("button", { name, exact: true });
    await press(button);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(button).toBeFocused();
  }
});

test("a text that is discarded, and a key that is left, give the focus back from two dialogs at once", async ({
  signedIn: page,
  server,
}) => {
  await page.goto(`${server.url}/posts`);
  const compose = page.getByRole("button", { name: en.posts.compose });
  await press(compose);
  await page.getByRole("dialog").getByLabel(en.compose.text).fill("Never mind");
  await page.keyboard.press("Escape");
  await press(page.getByRole("button", { name: en.compose.leave, exact: true }));
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(compose).toBeFocused();

  await page.goto(`${server.url}/settings`);
  const generate = page.getByRole("button", { name: en.keys.generate });
  await press(generate);
  await page.getByLabel(en.keyName.label, { exact: true }).fill("Left behind");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(en.secret.label)).toBeVisible();
  await page.keyboard.press("Escape");
  await press(page.getByRole("button", { name: en.secret.leave }));
  await expect(keyRow(page, "Left behind")).toHaveCount(1);
  await expect(generate).toBeFocused();
});

test("what leaves with the state of its key or post hands the focus to what stays", async ({
  signedIn: page,
  server,
  user,
}) => {
  const { id } = await user.generateKey("Production");
  await page.goto(`${server.url}/settings/keys/${id}`);
  await press(page.getByRole("button", { name: en.keys.disable }));
  await expect(page.getByRole("button", { name: en.keys.enable })).toBeFocused();

  await page.goto(`${server.url}/settings/keys/${id}/leak`);
  await press(page.getByRole("button", { name: en.leak.report }));
  await expect(page.getByText(en.leak.byOwner)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();

  await sendPost(user, { text: "Not today", scheduledAt: inHours(2) });
  await page.goto(`${server.url}/posts`);
  await press(page.getByRole("button", { name: /Not today/ }));
  await press(page.getByRole("button", { name: en.posts.confirm.cancel.act }));
  await expect(page.locator("tr[data-post]")).toBeFocused();
});
