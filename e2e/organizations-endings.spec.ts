import type { Browser } from "@playwright/test";
import { tryKey } from "#lib/testing/console/api-client";
import { lendSession } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";
import { appoint, createOrganization, nameOf, startTeam } from "./organization-fixtures.ts";

const words = en.organizations;

/** Two browsers: an owner's and that of somebody with another role. */
const openTwo = async (browser: Browser, url: string, role?: "admin" | "owner") => {
  const [owners, others] = [await browser.newContext({ locale: "en" }), await browser.newContext({ locale: "en" })];
  const people = await startTeam(url, { owner: owners, other: others }, role);
  const close = () => Promise.all([owners.close(), others.close()]);
  return { ...people, ownerPage: await owners.newPage(), otherPage: await others.newPage(), close };
};

test("leaving says which keys it disables, and disables them", async ({ browser, server }) => {
  const { otherPage: page, other, team, close } = await openTwo(browser, server.url);
  const { key } = await other.generateKey("Left behind");
  await page.goto(`${server.url}/account/organizations`);
  await page.getByRole("button", { name: `${words.leave} ${team.name}` }).click();
  const dialog = page.getByRole("dialog", { name: words.leaving.title.replace("{name}", team.name) });
  await expect(dialog.getByText(words.leaving.keys.replace("{count}", "1"))).toBeVisible();
  await expect(dialog.getByText("Left behind")).toBeVisible();
  await dialog.getByRole("button", { name: words.leave, exact: true }).click();
  await expect(page.getByRole("link", { name: `${words.manage} ${team.name}` })).toHaveCount(0);
  expect(await tryKey(server.url, key)).toBe(401);
  await close();
});

test("the last owner reads why they cannot leave or take another role, and is offered both once there is another", async ({
  browser,
  server,
}) => {
  const { ownerPage: page, owner, other, team, close } = await openTwo(browser, server.url);
  const expectOffered = async (count: 0 | 1) => {
    await page.goto(`${server.url}/account/organizations`);
    const row = page.getByRole("listitem").filter({ hasText: team.name });
    await expect(row.getByRole("link", { name: `${words.manage} ${team.name}` })).toBeVisible();
    await expect(row.getByRole("button", { name: `${words.leave} ${team.name}` })).toHaveCount(count);
    await expect(row.getByText(words.lastOwner)).toHaveCount(1 - count);
    await page.goto(`${server.url}/account/organizations/${team.id}`);
    const self = page.getByRole("listitem").filter({ hasText: owner.email });
    await expect(self.getByText(words.you, { exact: true })).toBeVisible();
    await expect(self.getByRole("button", { name: `${words.changeRole} ${nameOf(owner)}` })).toHaveCount(count);
    await expect(self.getByRole("button", { name: words.leave, exact: true })).toHaveCount(count);
    await expect(page.getByText(words.lastOwner)).toHaveCount(1 - count);
    await expect(page.getByRole("button", { name: `${words.changeRole} ${nameOf(other)}` })).toBeVisible();
  };
  await expectOffered(0);
  await appoint(owner, team, other, "owner");
  await expectOffered(1);
  await close();
});

test("an organization is deleted only with its name, and its keys with it", async ({ page, context, server, user }) => {
  const team = await createOrganization(user, "To be deleted");
  const { key } = await user.generateKey();
  await lendSession(context, server.url, user);
  await page.goto(`${server.url}/account/organizations/${team.id}`);
  await page.getByRole("button", { name: words.deleting.delete }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(words.deleting.type).fill("Something else");
  await dialog.getByRole("button", { name: words.deleting.delete }).click();
  await expect(dialog.getByRole("alert").filter({ hasText: /./ })).toBeVisible();
  expect(await tryKey(server.url, key)).toBe(200);
  await dialog.getByLabel(words.deleting.type).fill(team.name);
  await dialog.getByRole("button", { name: words.deleting.delete }).click();
  await expect(page.getByRole("button", { name: words.create })).toBeVisible();
  await expect(page.getByText(team.name)).toHaveCount(0);
  expect(await tryKey(server.url, key)).toBe(401);
});
