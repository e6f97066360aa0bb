import type { Page } from "@playwright/test";
import { signInBrowser } from "#lib/testing/console/console-user";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { type FakeMastodon, startMastodon } from "#lib/testing/mastodon/start-mastodon";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";
import { createOrganization, listIn, select } from "./organization-fixtures.ts";

let mastodon: FakeMastodon;
let server: RunningServer;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  mastodon = await startMastodon();
  server = await startServer({ env: { OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${mastodon.port}` } });
});
test.afterAll(async () => {
  await server.stop();
  await mastodon.stop();
});

/** Everything up to the page on which the network asks. */
const goToNetwork = async (page: Page) => {
  await page.goto(`${server.url}/accounts`);
  await page.getByRole("button", { name: en.accounts.connect }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Mastodon" }).click();
  await dialog.getByLabel(en.networks.mastodon.fields.instance.label, { exact: true }).fill(mastodon.url);
  await dialog.getByRole("button", { name: en.accounts.connecting.connect, exact: true }).click();
  const onward = en.accounts.connecting.continue.replace("{host}", `127.0.0.1:${mastodon.port}`);
  await expect(dialog.getByRole("link", { name: onward })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/oauth\/authorize/);
};

test("who agrees on the network's page comes back to a connected account, and the way there cannot be gone again", async ({
  page,
  context,
}) => {
  const user = await signInBrowser(context, server.url);
  await goToNetwork(page);
  const back = page.waitForRequest((request) => request.url().startsWith(`${server.url}/accounts/callback`));
  await page.getByRole("button", { name: "Authorize" }).click();
  await expect(page.getByText(en.accounts.outcomes.connected)).toBeVisible();
  await expect(page).toHaveURL(`${server.url}/accounts`);
  const { accounts } = (await user.ask("/api/accounts")).json as { accounts: Record<string, unknown>[] };
  expect(accounts[1]).toMatchObject({ social_channel_type: "mastodon", status: "valid" });
  const address = (await back).url();
  await page.goto(address);
  await expect(page.getByText(en.accounts.outcomes.stale)).toBeVisible();
  const { searchParams } = new URL(address);
  const html = await page.content();
  for (const secret of [searchParams.get("code"), searchParams.get("state"), ...mastodon.tokens.keys()]) {
    expect(secret).toBeTruthy();
    expect(html).not.toContain(secret);
    expect(server.output()).not.toContain(secret);
  }
});

test("who disagrees is told kindly, and nothing is connected", async ({ page, context }) => {
  const user = await signInBrowser(context, server.url);
  await goToNetwork(page);
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.getByText(en.accounts.outcomes.denied)).toBeVisible();
  expect((await user.ask("/api/accounts")).json.accounts).toHaveLength(1);
});

test("an account that was begun in one organization is shown there, although another one was chosen meanwhile", async ({
  page,
  context,
}) => {
  const user = await signInBrowser(context, server.url);
  const [one, two] = [await createOrganization(user, "First Team"), await createOrganization(user, "Second Team")];
  for (const [decision, outcome, mine] of [
    ["Deny", "denied", 1],
    ["Authorize", "connected", 2],
  ] as const) {
    await select(user, one);
    await goToNetwork(page);
    await select(user, two);
    await page.getByRole("button", { name: decision }).click();
    await expect(page.getByText(en.accounts.outcomes[outcome])).toBeVisible();
    await expect(page).toHaveURL(`${server.url}/accounts`);
    await expect(page.getByRole("banner").getByText("First Team")).toBeVisible();
    await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(mine);
    expect(await listIn(user, "/api/accounts", one)).toHaveLength(mine);
    expect(await listIn(user, "/api/accounts", two)).toHaveLength(1);
  }
});

test("a disconnected account's token is worth nothing at the network any more", async ({ page, context }) => {
  const user = await signInBrowser(context, server.url);
  await goToNetwork(page);
  const before = mastodon.tokens.size;
  await page.getByRole("button", { name: "Authorize" }).click();
  await expect(page.getByText(en.accounts.outcomes.connected)).toBeVisible();
  expect(mastodon.tokens.size).toBe(before + 1);
  const { accounts } = (await user.ask("/api/accounts")).json as { accounts: { account_id: string }[] };
  await user.ask(`/api/accounts/${accounts[1]?.account_id}`, { method: "DELETE" });
  await expect.poll(() => mastodon.tokens.size).toBe(before);
});
