import type { Browser, Page } from "@playwright/test";
import { tryKey } from "#lib/testing/console/api-client";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";
import { join, listIn, nameOf, startTeam } from "./organization-fixtures.ts";

const words = en.organizations;
const rowOf = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text });
const memberOf = (page: Page, email: string) =>
  page.getByRole("region", { name: words.members }).getByRole("listitem").filter({ hasText: email });

/** Two browsers: an owner's and that of somebody with another role. */
const openTwo = async (browser: Browser, url: string, role?: "admin" | "owner") => {
  const [owners, others] = [await browser.newContext({ locale: "en" }), await browser.newContext({ locale: "en" })];
  const people = await startTeam(url, { owner: owners, other: others }, role);
  const close = () => Promise.all([owners.close(), others.close()]);
  return { ...people, ownerPage: await owners.newPage(), otherPage: await others.newPage(), close };
};

test("removing asks what becomes of the keys, with nothing chosen; disabling refuses them and ends every access", async ({
  browser,
  server,
}) => {
  const { ownerPage: page, otherPage, other, team, close } = await openTwo(browser, server.url);
  const { key } = await other.generateKey("Their production key");
  await otherPage.goto(`${server.url}/settings`);
  await expect(otherPage.getByText("Their production key")).toBeVisible();

  await page.goto(`${server.url}/account/organizations/${team.id}`);
  await expect(memberOf(page, other.email)).toContainText(words.liveKeys.replace("{count}", "1"));
  await page.getByRole("button", { name: `${words.remove} ${nameOf(other)}` }).click();
  const dialog = page.getByRole("dialog", { name: words.removing.title.replace("{name}", nameOf(other)) });
  const question = dialog.getByRole("group", { name: words.removing.question });
  await expect(question.getByText("Their production key")).toBeVisible();
  await expect(question.getByRole("radio", { checked: true })).toHaveCount(0);
  await dialog.getByRole("button", { name: words.remove, exact: true }).click();
  await expect(question.getByText(words.removing.choose)).toBeVisible();
  expect(await tryKey(server.url, key)).toBe(200);

  await question.getByRole("radio", { name: words.removing.disable }).check();
  await dialog.getByRole("button", { name: words.remove, exact: true }).click();
  await expect(page.getByText(words.removing.done.replace("{name}", nameOf(other)))).toBeVisible();
  await expect(memberOf(page, other.email)).toHaveCount(0);
  expect(await tryKey(server.url, key)).toBe(401);
  await otherPage.reload();
  await expect(otherPage.getByText(en.keys.emptyTitle)).toBeVisible();
  expect((await otherPage.goto(`${server.url}/account/organizations/${team.id}`))?.status()).toBe(404);
  await close();
});

test("a kept key works on, is marked in the list, and loses the mark by being rotated there", async ({
  browser,
  server,
}) => {
  const { ownerPage: page, owner, other, team, close } = await openTwo(browser, server.url);
  const { key } = await other.generateKey("Kept");
  await owner.generateKey("Untouched");
  // A third person, so that there still are several members.
  await join(owner, team, await createUser(server.url));
  await page.goto(`${server.url}/account/organizations/${team.id}`);
  await page.getByRole("button", { name: `${words.remove} ${nameOf(other)}` }).click();
  await page.getByRole("dialog").getByRole("radio", { name: words.removing.keep }).check();
  await page.getByRole("dialog").getByRole("button", { name: words.remove, exact: true }).click();
  await expect(page.getByText(words.removing.doneKept.replace("{name}", nameOf(other)))).toBeVisible();
  expect(await tryKey(server.url, key)).toBe(200);

  await page.goto(`${server.url}/settings`);
  await expect(page.getByRole("columnheader", { name: en.keys.columns.generatedBy })).toBeVisible();
  await expect(rowOf(page, "Kept")).toContainText(nameOf(other));
  await expect(rowOf(page, "Kept")).toContainText(en.keys.knownToFormerMember);
  await expect(rowOf(page, "Untouched")).not.toContainText(en.keys.knownToFormerMember);
  await page.getByRole("button", { name: `${en.rotateKey.open} Kept` }).click();
  await page.getByRole("dialog").getByRole("button", { name: en.rotateKey.rotate, exact: true }).click();
  await expect(page.getByLabel(en.secret.label)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: en.secret.done }).click();
  await page.getByRole("button", { name: en.secret.leave }).click();
  const rotated = rowOf(page, "Kept").filter({ hasText: nameOf(owner) });
  await expect(rotated).toHaveCount(1);
  await expect(rotated).not.toContainText(en.keys.knownToFormerMember);
  await close();
});

test("somebody without keys is removed without a question", async ({ browser, server }) => {
  const { ownerPage: page, other, team, close } = await openTwo(browser, server.url);
  await page.goto(`${server.url}/account/organizations/${team.id}`);
  await page.getByRole("button", { name: `${words.remove} ${nameOf(other)}` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: words.remove, exact: true })).toHaveAttribute(
    "aria-disabled",
    "false",
  );
  await expect(dialog.getByRole("radio")).toHaveCount(0);
  await dialog.getByRole("button", { name: words.remove, exact: true }).click();
  await expect(memberOf(page, other.email)).toHaveCount(0);
  await close();
});

test("a member is offered only what a member may do", async ({ browser, server }) => {
  const { otherPage: page, owner, other, team, close } = await openTwo(browser, server.url);
  const theirs = await owner.generateKey("Of the owner");
  await other.generateKey("Of the member");

  await page.goto(`${server.url}/account/organizations/${team.id}`);
  await expect(memberOf(page, owner.email)).toBeVisible();
  for (const name of [words.rename, words.deleting.delete, words.remove, words.changeRole]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await expect(page.getByRole("link", { name: words.invite })).toHaveCount(0);

  await page.goto(`${server.url}/settings`);
  const actions = (name: string) => rowOf(page, name).getByRole("cell").last();
  await expect(actions("Of the owner").locator("button, a")).toHaveText([en.keys.disable, en.keys.reportLeak]);
  await expect(actions("Of the member").locator("button, a")).toHaveText([
    en.keys.rename,
    en.keys.disable,
    en.keys.delete,
  ]);
  await expect(rowOf(page, "Of the owner").getByRole("checkbox")).toHaveCount(0);
  await page.getByRole("button", { name: `${en.keys.disable} Of the owner` }).click();
  await expect(page.getByText(en.keys.wasDisabled.replace("{name}", "Of the owner"))).toBeVisible();
  expect(await tryKey(server.url, theirs.key)).toBe(401);
  await expect(actions("Of the owner").locator("button, a")).toHaveText([en.keys.reportLeak]);

  await page.goto(`${server.url}/settings/keys/${theirs.id}`);
  await expect(page.getByText(en.keyPage.notYours)).toBeVisible();
  await expect(page.getByLabel(en.keyName.label, { exact: true })).toBeDisabled();
  for (const name of [en.rotateKey.open, en.keys.enable, en.keys.delete, en.renameKey.save]) {
    await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  }
  await page.getByRole("link", { name: en.keys.reportLeak, exact: true }).click();
  await page.getByRole("button", { name: en.leak.report }).click();
  await expect(page.getByText(en.leak.replacementByOthers)).toBeVisible();

  await page.goto(`${server.url}/accounts`);
  await expect(page.getByText(en.accounts.adminsConnect)).toBeVisible();
  await expect(page.getByRole("button", { name: en.accounts.connect })).toHaveCount(0);
  await page.goto(`${server.url}/settings/webhooks`);
  await expect(page.getByText(en.webhooks.adminsAdd)).toBeVisible();
  await expect(page.getByRole("button", { name: en.webhooks.add })).toHaveCount(0);
  await close();
});

test("an owner changes roles, and what the other person may do changes with it", async ({ browser, server }) => {
  const { ownerPage: page, otherPage, owner, other, team, close } = await openTwo(browser, server.url);
  await page.goto(`${server.url}/account/organizations/${team.id}`);
  await page.getByRole("button", { name: `${words.changeRole} ${nameOf(other)}` }).click();
  await expect(page.getByRole("radio", { name: words.roles.member, exact: true })).toBeChecked();
  await page.getByRole("radio", { name: words.roles.admin }).check();
  await page.getByRole("dialog").getByRole("button", { name: words.changeRole }).click();
  await expect(memberOf(page, other.email)).toContainText(words.role.replace("{role}", words.roles.admin));

  await otherPage.goto(`${server.url}/account/organizations/${team.id}`);
  await expect(otherPage.getByRole("link", { name: words.invite })).toBeVisible();
  await expect(otherPage.getByRole("button", { name: words.deleting.delete })).toHaveCount(0);
  // An owner is above an admin.
  await expect(otherPage.getByRole("button", { name: `${words.remove} ${nameOf(owner)}` })).toHaveCount(0);
  await close();
});

test("with several members an event says who did it, and a member sees only their own", async ({ browser, server }) => {
  const { ownerPage: page, otherPage, owner, other, team, close } = await openTwo(browser, server.url);
  const { id } = await other.generateKey("Noted");
  await owner.ask(`/api/keys/${id}/leak`, { method: "POST" });
  await page.goto(`${server.url}/account/security`);
  await expect(rowOf(page, "“Noted” was generated")).toContainText(nameOf(other));
  await expect(rowOf(page, `“Noted” was reported as leaked by ${nameOf(owner)}`)).toContainText(nameOf(owner));
  const events = await listIn(owner, "/api/audit-events", team);
  expect(events.find(({ action }) => action === "key.generated")).toMatchObject({
    actor: "user",
    actor_user: { email: other.email },
  });
  await otherPage.goto(`${server.url}/account/security`);
  await expect(otherPage.getByRole("heading", { name: en.activity.title })).toBeVisible();
  await expect(rowOf(otherPage, "Noted")).toHaveCount(0);
  await close();
});
