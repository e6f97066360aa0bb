import { readFile } from "node:fs/promises";
import { tryKey } from "#lib/testing/console/api-client";
import { lendSession } from "#lib/testing/console/console-user";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";
import { findOrganization, invite } from "./invitations.ts";

const { profile: words } = en;

test("a saved language is the person's in every browser, and the switch overrides it in one until the next save", async ({
  browser,
  server,
  user,
}) => {
  const open = async () => {
    const context = await browser.newContext({ locale: "en-US" });
    await lendSession(context, server.url, user);
    return context.newPage();
  };
  const page = await open();
  await page.goto(`${server.url}/account`);
  await page.getByLabel(words.language, { exact: true }).selectOption("zh-TW");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(zhTw.profile.saved)).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hant-TW");
  const other = await open();
  await other.goto(`${server.url}/settings`);
  await expect(other.getByRole("heading", { name: zhTw.keys.title })).toBeVisible();

  await other.getByRole("button", { name: "English" }).click();
  await expect(other.getByRole("heading", { name: en.keys.title })).toBeVisible();
  await page.goto(`${server.url}/settings`);
  await expect(page.getByRole("heading", { name: zhTw.keys.title })).toBeVisible();
  await other.goto(`${server.url}/account`);
  await expect(other.getByLabel(words.language, { exact: true })).toHaveValue("zh-TW");
  await other.getByRole("button", { name: words.save }).click();
  await expect(other.getByText(zhTw.profile.saved)).toBeVisible();

  await other.getByLabel(zhTw.profile.language, { exact: true }).selectOption("");
  await other.getByRole("button", { name: zhTw.profile.save }).click();
  await expect(other.getByText(words.saved)).toBeVisible();
  await page.context().close();
  await other.context().close();
});

test("a saved time zone is the one of the calendar, of lists without JavaScript, and of the composer", async ({
  browser,
  server,
  user,
}) => {
  const scheduledAt = "2030-06-30T20:15:00Z";
  await user.ask("/api/posts", { json: { post: { content: { text: "Later" }, scheduledAt } } });
  const open = async (options: object) => {
    const context = await browser.newContext({ locale: "en-US", timezoneId: "America/New_York", ...options });
    await lendSession(context, server.url, user);
    return context.newPage();
  };
  const page = await open({});
  await page.goto(`${server.url}/account`);
  await page.getByLabel(words.zone, { exact: true }).selectOption("Asia/Kathmandu");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(words.saved)).toBeVisible();

  for (const javaScriptEnabled of [false, true]) {
    const reader = javaScriptEnabled ? page : await open({ javaScriptEnabled });
    await reader.goto(`${server.url}/posts/calendar?month=2030-07`);
    await expect(reader.getByText("Times are those of Asia/Kathmandu.")).toBeVisible();
    await expect(reader.locator("td", { has: reader.locator('time[datetime="2030-07-01"]') })).toContainText("02:00");
    await reader.goto(`${server.url}/posts`);
    await expect(reader.getByText("2030-07-01 02:00:00 UTC+05:45")).toHaveCount(1);
  }
  await page.getByRole("button", { name: en.posts.compose }).first().click();
  await page.getByRole("dialog").getByText(en.compose.later).click();
  await expect(page.getByText("Asia/Kathmandu, UTC+05:45")).toBeVisible();
  await page.getByLabel(en.compose.time).fill("2030-07-02T02:00");
  await page.getByRole("dialog").getByRole("textbox").first().fill("By my clocks");
  await page.getByRole("dialog").getByRole("button", { name: en.compose.schedule }).click();
  await expect.poll(async () => (await user.ask("/api/posts")).text).toContain('"scheduled_at":"2030-07-01T20:15:00Z"');
  await page.context().close();
});

test("one's data are one download, without secrets", async ({ page, server, user }) => {
  const { key } = await user.generateKey("Exported");
  await lendSession(page.context(), server.url, user);
  await page.goto(`${server.url}/account`);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: words.download }).click();
  const file = await (await download).path();
  const text = await readFile(file, "utf8");
  expect(JSON.parse(text)).toMatchObject({ user: { email: user.email }, generated_keys: [{ name: "Exported" }] });
  expect([text.includes(key), text.includes(user.cookie.split("=")[1] ?? "-")]).toEqual([false, false]);
});

test("an account is deleted with its address typed, and everything that was said goes with it", async ({
  page,
  server,
  user,
}) => {
  const { key } = await user.generateKey();
  await lendSession(page.context(), server.url, user);
  await page.goto(`${server.url}/account`);
  await page.getByRole("button", { name: words.delete }).click();
  const dialog = page.getByRole("dialog", { name: words.deleteTitle });
  await expect(dialog.getByText("you are its only member")).toBeVisible();
  await expect(dialog.getByText(words.goesKeys.replace("{count}", "1"))).toBeVisible();
  const field = dialog.getByLabel(words.typeEmail.replace("{email}", user.email));
  await expect(field).toBeFocused();
  await field.fill("somebody@example.com");
  await dialog.getByRole("button", { name: words.delete }).click();
  await expect(dialog.getByRole("alert").filter({ hasText: "address" })).toBeVisible();
  expect(await tryKey(server.url, key)).toBe(200);

  await field.fill(user.email.toUpperCase());
  await dialog.getByRole("button", { name: words.delete }).click();
  await expect(page).toHaveURL(`${server.url}/sign-in`);
  expect(await tryKey(server.url, key)).toBe(401);
  expect((await user.ask("/api/user")).status).toBe(401);
  const again = await createUser(server.url, user.email);
  expect((await again.ask("/api/keys")).json).toEqual({ keys: [] });
});

test("the last owner of an organization with others is told its name, and what they would leave", async ({
  page,
  server,
  user,
}) => {
  const colleague = await createUser(server.url);
  const organization = await findOrganization(user);
  await user.ask(`/api/organizations/${organization}`, { method: "PATCH", json: { name: "Acme & Söhne" } });
  const { id } = await invite(user, colleague.email);
  await colleague.ask(`/api/invitations/${id}/accept`, { method: "POST" });
  await lendSession(page.context(), server.url, user);
  await page.goto(`${server.url}/account`);
  const section = page.getByRole("region", { name: words.delete });
  await expect(section.getByText(words.needOwner)).toBeVisible();
  await expect(section.getByText("Acme & Söhne")).toBeVisible();
  await expect(section.getByRole("button")).toHaveCount(0);
  await expect(section.getByRole("link", { name: words.toOrganizations })).toHaveAttribute(
    "href",
    "/account/organizations",
  );

  await lendSession(page.context(), server.url, colleague);
  await page.goto(`${server.url}/account`);
  await page.getByRole("button", { name: words.delete }).click();
  await expect(page.getByText("You are no longer a member of Acme & Söhne.")).toBeVisible();
});
