import type { Page } from "@playwright/test";
import { say } from "#lib/problems/problem";
import { tellProblem } from "#lib/problems/tell-problem";
import { ask, UNKNOWN_KEY, withKey } from "#lib/testing/console/api-client";
import { signInBrowser } from "#lib/testing/console/console-user";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";

const names = (page: Page) =>
  page.locator("tbody tr").evaluateAll((rows) => rows.map((row) => row.querySelector("a")?.textContent));

test("the list is searched, narrowed and ordered by its address, also without a script", async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const user = await signInBrowser(context, server.url);
  const billing = await user.generateKey("Billing", { note: "Vault" });
  await user.generateKey("Analytics", { environment: "dev" });
  const { id } = await user.generateKey("Crawler");
  await user.ask(`/api/keys/${id}`, { method: "PATCH", json: { is_active: false } });
  const page = await context.newPage();
  await page.goto(`${server.url}/settings`);
  expect(await names(page)).toEqual(["Crawler", "Analytics", "Billing"]);
  await page.getByRole("link", { name: en.keys.columns.name }).click();
  expect(await names(page)).toEqual(["Analytics", "Billing", "Crawler"]);
  await page.getByRole("link", { name: `${en.keys.disabled} 1` }).click();
  expect(await names(page)).toEqual(["Crawler"]);
  for (const wanted of ["bill", "VAULT", billing.id, billing.key_preview.slice(0, 10)]) {
    await page.goto(`${server.url}/settings`);
    await page.getByRole("searchbox").fill(wanted);
    await page.getByRole("button", { name: en.keys.find, exact: true }).click();
    expect(await names(page)).toEqual(["Billing"]);
  }
  await page.goto(`${server.url}/settings?q=nothing-like-it&status=nonsense&sort=`);
  await expect(page.getByText(en.keys.nothingFound)).toBeVisible();
  await context.close();
});

test("the API narrows and orders alike, and refuses what it does not know", async ({ user }) => {
  for (const name of ["kilo", "juliett", "lima"]) await user.generateKey(name);
  const list = async (query: string) => (await user.ask(`/api/keys${query}`)).json.keys as { name: string }[];
  expect((await list("?sort=name&order=desc")).map(({ name }) => name)).toEqual(["lima", "kilo", "juliett"]);
  expect((await list("?q=KILO")).map(({ name }) => name)).toEqual(["kilo"]);
  for (const query of ["?status=gone", "?sort=hash", "?order=up", "?badge=x", "?color=red"]) {
    expect((await user.ask(`/api/keys${query}`)).status).toBe(400);
  }
});

test("the list as a file holds no secret and nothing that a spreadsheet would run", async ({ user }) => {
  const { key } = await user.generateKey("=HYPERLINK(1)", { allowed_addresses: ["192.0.2.7", "2001:db8::/32"] });
  const { status, text, headers } = await user.ask("/api/keys.csv");
  expect([status, headers.get("content-type")]).toEqual([200, expect.stringContaining("text/csv")]);
  expect(text).toContain("'=HYPERLINK(1)");
  expect(text).toContain("192.0.2.7 2001:db8::/32");
  expect(text).not.toContain(key.slice(11));
});

test("several keys are disabled and deleted at once, each with its own result", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  const keys = [await user.generateKey("One"), await user.generateKey("Two"), await user.generateKey("Three")];
  await page.goto(`${server.url}/settings`);
  for (const name of ["One", "Two"]) await page.getByRole("checkbox", { name }).check();
  await user.deleteKey(keys[1]?.id ?? "");
  await page.getByRole("button", { name: en.keys.delete, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: en.keys.delete, exact: true }).click();
  await expect(dialog.getByRole("listitem").filter({ hasText: "One" })).toContainText(en.bulk.deleted);
  await expect(dialog.getByRole("listitem").filter({ hasText: "Two" })).toContainText(
    tellProblem(say("key_not_found"), "en"),
  );
  await dialog.getByRole("button", { name: en.dialog.close }).first().click();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  expect((await ask(server.url, "/v2/me", { headers: withKey(keys[0]?.key ?? "") })).status).toBe(401);
  expect((await ask(server.url, "/v2/me", { headers: withKey(keys[2]?.key ?? "") })).status).toBe(200);
});

test("the keyboard generates, searches, walks the rows and tells how", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  for (const name of ["Below", "Above"]) await user.generateKey(name);
  await page.goto(`${server.url}/settings`);
  await expect(page.getByRole("heading", { name: en.keys.title })).toBeVisible();
  await page.getByRole("link", { name: "Above" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("link", { name: "Below" })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("link", { name: "Above" })).toBeFocused();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("c?");
  await expect(page.getByRole("searchbox")).toHaveValue("c?");
  await page.getByRole("link", { name: "Above" }).focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: en.shortcuts.title })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await expect(page.getByRole("dialog", { name: en.generateKey.title })).toBeVisible();
});

test("a pasted key is told to be mine, deleted, not mine or no key; about others' nothing is said", async ({
  page,
  context,
  server,
}) => {
  const user = await signInBrowser(context, server.url);
  const [mine, deleted] = [await user.generateKey("Mine"), await user.generateKey("Gone")];
  await user.generateKey("Another");
  await user.deleteKey(deleted.id);
  const stranger = await (await createUser(server.url)).generateKey("Theirs");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.url()} ${request.method()}`));
  await page.goto(`${server.url}/settings`);
  await page.getByRole("button", { name: en.lookUp.open }).click();
  const dialog = page.getByRole("dialog");
  const field = dialog.getByLabel(en.lookUp.label, { exact: true });
  await expect(field).toHaveAttribute("type", "password");
  for (const [pasted, said] of [
    ["boring_short", en.lookUp.malformed],
    [stranger.key, en.lookUp.notYours],
    [UNKNOWN_KEY, en.lookUp.notYours],
    ["boring_0123456789ABCDEFGHIJabcdefghij3dpHPq", en.lookUp.malformed],
    [deleted.key, "Gone"],
    [mine.key, "Mine"],
  ] as const) {
    await field.fill(pasted);
    await dialog.getByRole("button", { name: en.lookUp.ask }).click();
    await expect(dialog.getByRole("status")).toContainText(said);
  }
  await dialog.getByRole("link", { name: en.lookUp.show }).click();
  await expect(page).toHaveURL(`${server.url}/settings/keys/${mine.id}`);
  expect(asked.filter((line) => line.includes("boring_"))).toEqual([]);
  // What is no key is not sent at all.
  expect(asked.filter((line) => line.includes("/api/keys/lookup"))).toHaveLength(4);
});
