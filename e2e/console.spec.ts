import { lendSession, signInBrowser } from "#lib/testing/console/console-user";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";

test("two people do not see each other's keys", async ({ page, context, server }) => {
  const stranger = await createUser(server.url);
  const { id } = await stranger.generateKey("Nobody else's");
  const user = await signInBrowser(context, server.url);
  await user.generateKey("Mine");
  await page.goto(`${server.url}/settings`);
  await expect(page.getByText("Mine", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain("Nobody else");
  expect((await user.ask(`/api/keys/${id}`)).status).toBe(404);
});

test("disable instead of delete: refused, kept, enabled again", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  const { id } = await user.generateKey("Mobile App");
  await page.goto(`${server.url}/settings`);
  await page.getByRole("button", { name: "Delete Mobile App" }).click();
  await expect(page.getByRole("dialog")).toContainText(en.deleteKey.unused);
  await page.getByRole("button", { name: en.deleteKey.disable }).click();
  await expect(page.getByRole("row").filter({ hasText: "Mobile App" })).toContainText(en.keys.disabled);
  expect((await user.ask(`/api/keys/${id}`)).json).toMatchObject({ is_active: false });
  await page.getByRole("button", { name: "Enable Mobile App" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Mobile App" })).toContainText(en.keys.active);
  expect((await user.ask(`/api/keys/${id}`)).json).toMatchObject({ is_active: true });
});

test("renaming shows the server's rule at the field, and keeps what was typed", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  await user.generateKey("Before");
  await page.goto(`${server.url}/settings`);
  await page.getByRole("button", { name: "Rename Before" }).click();
  const row = page.getByRole("row").filter({ has: page.getByRole("checkbox") });
  const field = row.getByRole("textbox");
  await expect(field).toBeFocused();
  await field.fill("a\u200bb");
  await page.getByRole("button", { name: en.renameKey.save }).click();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(row).toContainText("Remove the character U+");
  // Letter by letter, as people do: a field that selects its text again at each letter keeps the last one alone.
  await field.press("ControlOrMeta+a");
  await field.pressSequentially("After");
  await page.getByRole("button", { name: en.renameKey.save }).click();
  await expect(page.getByRole("link", { name: "After" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Rename After" })).toBeFocused();
});

test("the whole console works by keyboard", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  await user.generateKey("Keyboard");
  await page.goto(`${server.url}/settings`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: en.header.skip })).toBeFocused();
  const remove = page.getByRole("button", { name: "Delete Keyboard" });
  for (let press = 0; press < 20 && !(await remove.evaluate((node) => node === document.activeElement)); press++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(remove).toBeFocused();
});

test("a device can be signed out from another one, at once", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  await page.goto(`${server.url}/account/security`);
  await expect(page.getByText(en.security.thisDevice)).toBeVisible();
  await page.getByRole("button", { name: en.security.everywhere }).click();
  await page.getByRole("dialog").getByRole("button", { name: en.security.everywhere }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await user.ask("/api/keys")).status).toBe(401);
});

test("signing out by the menu ends the session on the server", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  await page.goto(`${server.url}/settings`);
  await page.getByRole("button", { name: /user menu/ }).click();
  await page.getByRole("button", { name: en.header.signOut }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await user.ask("/api/keys")).status).toBe(401);
  await page.goBack();
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a session that ended does not take what was typed with it", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  await page.goto(`${server.url}/settings`);
  await page.getByRole("button", { name: en.keys.generate }).first().click();
  const name = page.getByLabel(en.keyName.label, { exact: true });
  await name.fill("Written with care");
  await user.ask("/api/sessions", { method: "DELETE" });
  await page.getByRole("dialog").getByRole("button", { name: en.generateKey.generate, exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText(en.problem.session);
  await expect(name).toHaveValue("Written with care");
});

test("foreign and unknown sandboxes are the same page", async ({ page, context, server }) => {
  const stranger = await createUser(server.url);
  const { key } = await stranger.generateKey();
  const published = await fetch(`${server.url}/v2/posts`, {
    method: "POST",
    headers: { "boring-api-key": key, "Content-Type": "application/json" },
    body: JSON.stringify({ post: { text: "<b>Secret</b>" } }),
  });
  const { data } = (await published.json()) as { data: { post_url: string; account_id: string } };
  await signInBrowser(context, server.url);
  const foreign = await page.goto(data.post_url);
  expect(foreign?.status()).toBe(404);
  await expect(page.getByText(en.notFound.title)).toBeVisible();
  await context.clearCookies();
  await lendSession(context, server.url, stranger);
  await page.reload();
  await expect(page.getByText("<b>Secret</b>")).toBeVisible();
});

test("the key can be copied where the page is not a secure context", async ({ playwright }) => {
  const first = await startServer();
  const user = await createUser(first.url);
  await first.stop();
  const url = `http://console.test:${first.port}`;
  const env = {
    PUBLIC_URL: url,
    GOOGLE_CLIENT_ID: "1234.apps.googleusercontent.com",
    GOOGLE_CLIENT_SECRET: "GOCSPX-1234",
  };
  const server = await startServer({ dataDir: first.dataDir, port: first.port, env });
  const browser = await playwright.chromium.launch({
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: ["--no-sandbox", "--host-resolver-rules=MAP console.test 127.0.0.1"],
  });
  const context = await browser.newContext();
  await lendSession(context, url, user);
  const page = await context.newPage();
  await page.goto(`${url}/settings`);
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await page.getByRole("button", { name: en.keys.generate }).first().click();
  await page.getByLabel(en.keyName.label, { exact: true }).fill("Plain http");
  await page.getByRole("dialog").getByRole("button", { name: en.generateKey.generate, exact: true }).click();
  const key = await page.getByLabel(en.secret.label).inputValue();
  const copied = page.evaluate(
    () => new Promise<string>((resolve) => document.addEventListener("copy", () => resolve(String(getSelection())))),
  );
  await page.getByRole("button", { name: en.secret.copy }).click();
  await expect(page.getByRole("dialog").getByText(en.copy.copied)).toBeVisible();
  expect(await copied).toBe(key);
  await browser.close();
  await server.stop();
});
