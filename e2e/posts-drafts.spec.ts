import type { Page } from "@playwright/test";
import { lendSession } from "#lib/testing/console/console-user";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { compose, composing, expect, test, words } from "./posts-fixtures.ts";

const goOn = async (page: Page) => {
  await expect(page.getByText(words.unsent)).toBeVisible();
  await page.getByRole("button", { name: words.continue }).click();
  return page.getByRole("dialog");
};

test("what was written is there after a reload, in a new tab, and until it is discarded", async ({
  signedIn: page,
  context,
  server,
}) => {
  await page.goto(`${server.url}/posts`);
  const dialog = await compose(page, "Precious");
  await dialog.getByRole("button", { name: composing.addPart }).click();
  await page.keyboard.type("second part");
  await dialog.getByLabel(composing.later).check({ force: true });
  await dialog.getByLabel(composing.time).fill("2040-01-01T10:00");
  await page.reload();
  const again = await goOn(page);
  await expect(again.getByText(composing.restored)).toBeVisible();
  await expect(again.getByLabel(composing.text).first()).toHaveValue("Precious");
  await expect(again.getByLabel(composing.text).nth(1)).toHaveValue("second part");
  await expect(again.getByLabel(composing.time)).toHaveValue("2040-01-01T10:00");
  await page.close();
  const other = await context.newPage();
  await other.goto(`${server.url}/posts`);
  const last = await goOn(other);
  await last.getByRole("button", { name: composing.restart }).click();
  await expect(last.getByLabel(composing.text)).toHaveValue("");
  await expect(last.getByText(composing.restored)).toHaveCount(0);
  await other.reload();
  await expect(other.getByRole("heading", { name: words.title }).first()).toBeVisible();
  await expect(other.getByText(words.unsent)).toHaveCount(0);
});

test("a draft is its writer's: whoever signs in in the same browser does not see it, and the writer does again", async ({
  signedIn: page,
  context,
  server,
  user,
}) => {
  await page.goto(`${server.url}/posts`);
  const dialog = await compose(page, "For my eyes");
  await context.clearCookies();
  await dialog.getByRole("button", { name: composing.publish, exact: true }).click();
  await expect(dialog.getByText(en.problem.session)).toBeVisible();
  await lendSession(context, server.url, await createUser(server.url));
  await page.goto(`${server.url}/posts`);
  await page.getByRole("button", { name: words.compose }).click();
  await expect(page.getByRole("dialog").getByLabel(composing.text)).toHaveValue("");
  await expect(page.getByText(words.unsent)).toHaveCount(0);
  await context.clearCookies();
  await lendSession(context, server.url, await createUser(server.url, user.email));
  await page.goto(`${server.url}/posts`);
  await expect((await goOn(page)).getByLabel(composing.text)).toHaveValue("For my eyes");
});

test("a draft whose answer was lost with the page is sent once, and forgotten then", async ({
  signedIn: page,
  server,
  user,
}) => {
  await page.goto(`${server.url}/posts`);
  const dialog = await compose(page, "Only once");
  await page.route(/\/api\/posts\?/, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort();
  });
  await dialog.getByRole("button", { name: composing.publish, exact: true }).click();
  await expect(dialog.getByText(en.problem.network)).toBeVisible();
  await page.unrouteAll();
  await page.reload();
  const again = await goOn(page);
  await again.getByRole("button", { name: composing.publish, exact: true }).click();
  await expect(page.getByRole("heading", { name: composing.results.published.title })).toBeVisible();
  expect((await user.ask("/api/posts")).json.count).toBe(1);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test("closing can keep a draft or discard it, and a key that is written into it is not kept", async ({
  signedIn: page,
  server,
  user,
}) => {
  const { key } = await user.generateKey();
  await page.goto(`${server.url}/posts`);
  await compose(page, `Do not post ${key}`);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: composing.keep }).click();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(key.slice(10));
  const dialog = await goOn(page);
  await expect(dialog.getByLabel(composing.text)).toHaveValue(`Do not post ${key.slice(0, 10)}...`);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: composing.leave, exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await expect(page.getByText(words.unsent)).toHaveCount(0);
});
