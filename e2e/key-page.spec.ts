import { tryKey } from "#lib/testing/console/api-client";
import { signInBrowser } from "#lib/testing/console/console-user";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";

test("a key is rotated by clicking: the new one is shown once, the old one works until it is ended", async ({
  page,
  context,
  server,
}) => {
  const me = (key: string) => tryKey(server.url, key);
  const user = await signInBrowser(context, server.url);
  const old = await user.generateKey("Production");
  await page.goto(`${server.url}/settings`);
  await page.getByRole("link", { name: "Production" }).click();
  await page.getByRole("button", { name: en.rotateKey.open }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio", { name: en.rotateKey.day })).toBeChecked();
  await dialog.getByText(en.rotateKey.hour).click();
  await dialog.getByRole("button", { name: en.rotateKey.rotate, exact: true }).click();
  const made = await page.getByLabel(en.secret.label).inputValue();
  expect([await me(old.key), await me(made)]).toEqual([200, 200]);
  await page.getByLabel(en.secret.saved).check();
  await page.getByRole("button", { name: en.secret.done }).click();
  await expect(page.getByText("This key has been replaced and ends")).toBeVisible();
  await page.getByRole("button", { name: en.rotateKey.endNow }).click();
  await expect(page.getByText(en.keyPage.replacedAndOver)).toBeVisible();
  expect([await me(old.key), await me(made)]).toEqual([401, 200]);
  await page.getByRole("link", { name: en.keyPage.successor }).click();
  await expect(page.getByRole("button", { name: en.rotateKey.open })).toBeVisible();
});

test("everything about a key is changed on its page, and what is wrong is said where it is", async ({
  page,
  context,
  server,
}) => {
  const user = await signInBrowser(context, server.url);
  const { id, key } = await user.generateKey("Before");
  expect(await tryKey(server.url, key)).toBe(200);
  await expect.poll(async () => (await user.ask(`/api/keys/${id}`)).json.last_used_address).toBe("127.0.0.1");
  await page.goto(`${server.url}/settings/keys/${id}`);
  const save = page.getByRole("button", { name: en.renameKey.save });
  await expect(save).toBeDisabled();
  await page.getByLabel(en.keyName.label, { exact: true }).fill("After");
  await page.getByLabel(en.keyOptions.note).fill("Vault");
  await page.getByLabel(en.keyOptions.expiry).selectOption("30");
  await page.getByText(en.keyOptions.read, { exact: true }).click();
  await page.getByLabel(en.keyOptions.addresses).fill("192.0.2.0/24\n10.0.0.1abc");
  await save.click();
  await expect(page.getByRole("alert").filter({ hasText: "10.0.0.1abc" })).toBeVisible();
  expect((await user.ask(`/api/keys/${id}`)).json).toMatchObject({ name: "Before", note: null });
  await page.getByLabel(en.keyOptions.addresses).fill("192.0.2.0/24");
  await save.click();
  await page.getByRole("button", { name: en.keyPage.saveAnyway }).click();
  await expect(page.getByRole("heading", { level: 1, name: "After" })).toBeVisible();
  await expect(page.getByText(en.keyPage.saved)).toBeVisible();
  const { json } = await user.ask(`/api/keys/${id}`);
  expect(json).toMatchObject({ name: "After", note: "Vault", allowed_addresses: ["192.0.2.0/24"] });
  expect(json.scopes).toEqual(["posts:read", "accounts:read"]);
  expect((Date.parse(String(json.expires_at)) - Date.now()) / 86_400_000).toBeCloseTo(30, 1);
  await expect(page.getByText("The allowed addresses do not include 127.0.0.1")).toBeVisible();
  // The browser's own, which may be another one than the program's: this server answers at both of localhost's.
  const mine = page.getByRole("button", { name: /^Add my address/ });
  const [address = ""] = /127\.0\.0\.1|::1/.exec((await mine.textContent()) ?? "") ?? [];
  await mine.click();
  const addresses = page.getByLabel(en.keyOptions.addresses);
  await expect(addresses).toHaveValue(`192.0.2.0/24\n${address}`);
  await addresses.fill("192.0.2.0/24\n127.0.0.1");
  await save.click();
  await expect(page.getByText("The allowed addresses do not include")).toHaveCount(0);
  expect(await tryKey(server.url, key)).toBe(200);
});

test("what is being written outlasts whatever else happens to the key", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  const { id } = await user.generateKey("Busy");
  await page.goto(`${server.url}/settings/keys/${id}`);
  const note = page.getByLabel(en.keyOptions.note);
  await note.fill("Half a not");
  await page.getByRole("button", { name: en.keys.disable }).click();
  await expect(page.getByRole("button", { name: en.keys.enable })).toBeVisible();
  await expect(note).toHaveValue("Half a not");
  await page.getByRole("button", { name: en.renameKey.save }).click();
  await expect(page.getByText(en.keyPage.saved)).toBeVisible();
  expect((await user.ask(`/api/keys/${id}`)).json).toMatchObject({ note: "Half a not", is_active: false });
});

test("another user's key and one that never was are the same page", async ({ page, context, server }) => {
  const { id } = await (await createUser(server.url)).generateKey("Theirs");
  await signInBrowser(context, server.url);
  for (const path of [id, "01a20000-0000-7000-8000-000000000000", "x", "%27"]) {
    for (const tab of ["", "/usage", "/leak"]) {
      const answer = await page.goto(`${server.url}/settings/keys/${path}${tab}`);
      expect(answer?.status()).toBe(404);
      await expect(page.getByText(en.notFound.title)).toBeVisible();
    }
  }
});
