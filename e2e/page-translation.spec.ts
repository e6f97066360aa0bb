import type { Locator, Page } from "@playwright/test";
import en from "../lib/i18n/en.json" with { type: "json" };
import { compose, composing, expect, inHours, rowOf, sendPost, test, words } from "./posts-fixtures.ts";
import { translatePage } from "./translate-page.ts";

/** Opens a page, translated once its scripts run, and keeps what they complain of. */
const open = async (page: Page, url: string): Promise<string[]> => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url, { waitUntil: "networkidle" });
  await translatePage(page);
  return errors;
};

const press = (within: Page | Locator, name: string) =>
  within.getByRole("button", { name, exact: true }).first().click();

test("in a translated page a key is generated, copied and kept", async ({ signedIn: page, server, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const errors = await open(page, `${server.url}/settings`);
  await press(page, en.keys.generate);
  const form = page.getByRole("dialog", { name: en.generateKey.title });
  await form.getByLabel(en.keyName.label, { exact: true }).fill("Key1");
  await press(form, "Development");
  await form.getByRole("radio", { name: en.generateKey.dev }).check({ force: true });
  await form.getByText(en.keyOptions.more).click();
  await form.getByLabel(en.keyOptions.expiry, { exact: true }).selectOption("date");
  await form.getByLabel(en.keyOptions.expiry, { exact: true }).selectOption("never");
  await form.getByRole("radio", { name: en.keyOptions.custom }).check({ force: true });
  await form.getByRole("radio", { name: en.keyOptions.full }).check({ force: true });
  await press(form, en.generateKey.generate);
  const shown = page.getByRole("dialog", { name: en.secret.title });
  const secret = await shown.getByLabel(en.secret.label).inputValue();
  await press(shown, en.secret.copy);
  await expect(shown.getByText(en.copy.copied).first()).toBeVisible();
  await press(shown, en.secret.copy);
  await shown.getByRole("tab").nth(2).click();
  await press(shown, en.samples.copy);
  await shown.getByLabel(en.secret.fromEnvironment).click();
  await expect(shown.getByLabel(en.secret.label)).toHaveValue(secret);
  expect(await page.evaluate(() => document.querySelector("textarea")?.closest("[translate=no]") !== null)).toBe(true);
  await press(shown, en.secret.done);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: "Development" })).toBeVisible();
  expect(errors).toEqual([]);
});

test("in a translated page keys are renamed, disabled, chosen and deleted", async ({
  signedIn: page,
  server,
  user,
}) => {
  for (const name of ["First", "Second", "Third"]) await user.generateKey(name);
  const errors = await open(page, `${server.url}/settings`);
  await press(page, `${en.keys.rename} First`);
  await page.getByLabel(en.renameKey.title.replace("{name}", "First")).fill("Second");
  await expect(page.getByText(en.keyName.taken)).toBeVisible();
  await page.keyboard.press("Escape");
  await press(page, `${en.keys.disable} First`);
  await press(page, `${en.keys.enable} First`);
  await page.getByRole("checkbox").first().click();
  await page.getByRole("checkbox").nth(1).click();
  await press(page, en.bulk.clear);
  await press(page, `${en.keys.delete} Third`);
  await press(page.getByRole("dialog"), en.deleteKey.delete);
  await expect(page.getByText("Third").last()).toBeVisible();
  await page.keyboard.press("?");
  await page.keyboard.press("Escape");
  expect(errors).toEqual([]);
});

test("in a translated page posts are written, counted, scheduled, followed and cancelled", async ({
  signedIn: page,
  server,
  user,
}) => {
  await sendPost(user, { text: "Later", scheduledAt: inHours(5) });
  const errors = await open(page, `${server.url}/posts`);
  const dialog = await compose(page, "x".repeat(10_001));
  await expect(dialog.getByText(composing.over.replace("{count}", "1"))).toBeVisible();
  await dialog.getByLabel(composing.text).fill("See https://example.com");
  await press(dialog, composing.addPart);
  await press(dialog, composing.removePart.replace("{number}", "2"));
  await press(dialog, composing.addMedium);
  await press(dialog, composing.removeMedium.replace("{number}", "1"));
  await dialog.getByLabel(composing.later).check({ force: true });
  await press(dialog, composing.schedule);
  await expect(dialog.getByText(composing.chooseTime)).toBeVisible();
  await dialog.getByLabel(composing.now).check({ force: true });
  await press(dialog, composing.publish);
  await press(dialog, composing.done);
  await expect(rowOf(page, "See")).toContainText(words.states.published);
  await rowOf(page, "Later").getByRole("button", { name: words.cancel }).click();
  await press(page.getByRole("dialog"), words.confirm.cancel.act);
  await expect(rowOf(page, "Later")).toContainText(words.states.cancelled);
  expect(errors).toEqual([]);
});

test("in a translated page the rest of the console works", async ({ signedIn: page, server, user, networks }) => {
  const key = await user.generateKey("Third");
  networks.receiver.answer = 204;
  let errors = await open(page, `${server.url}/accounts`);
  await press(page, en.accounts.connect);
  const dialog = page.getByRole("dialog");
  await press(dialog, "Webhook");
  await press(dialog, en.accounts.connecting.connect);
  await press(dialog, en.accounts.connecting.back);
  await press(dialog, "Webhook");
  await dialog.getByRole("textbox").fill(`http://${networks.receiver.host}/posts`);
  await press(dialog, en.accounts.connecting.connect);
  await press(dialog, en.accounts.connecting.copy);
  await page.keyboard.press("Escape");
  await press(dialog, en.accounts.connecting.saved);
  await press(page, `${en.accounts.test} ${networks.receiver.host}/posts`);
  await press(page, `${en.accounts.disconnect} ${networks.receiver.host}/posts`);
  await press(page.getByRole("dialog"), en.accounts.disconnect);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  errors = [...errors, ...(await open(page, `${server.url}/settings/keys/${key.id}`))];
  await page.getByLabel(en.keyOptions.note).fill("Somewhere");
  await press(page, en.renameKey.save);
  await expect(page.getByText(en.keyPage.saved)).toBeVisible();
  await press(page, en.rotateKey.open);
  await press(page.getByRole("dialog"), en.rotateKey.rotate);
  await press(page.getByRole("dialog"), en.secret.copy);
  await press(page.getByRole("dialog"), en.secret.done);
  await expect(page.getByRole("button", { name: en.rotateKey.endNow })).toBeVisible();
  errors = [...errors, ...(await open(page, `${server.url}/settings/webhooks`))];
  await press(page, en.webhooks.add);
  await page.getByRole("dialog").getByRole("textbox").fill("https://example.com/hook");
  await press(page.getByRole("dialog"), en.webhooks.form.add);
  await press(page.getByRole("dialog"), en.webhooks.secret.copy);
  await press(page.getByRole("dialog"), en.webhooks.secret.saved);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(errors).toEqual([]);
});
