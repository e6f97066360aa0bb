import { randomUUID } from "node:crypto";
import { say } from "#lib/problems/problem";
import { tellProblem } from "#lib/problems/tell-problem";
import { signInBrowser } from "#lib/testing/console/console-user";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import type { User } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";
import { type Receiver, startReceiver } from "./start-receiver.ts";

let receiver: Receiver;
let server: RunningServer;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  receiver = await startReceiver();
  server = await startServer({ env: { OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${receiver.port}`, TRUSTED_PROXIES: "1" } });
});
test.afterAll(async () => {
  await server.stop();
  await receiver.close();
});
test.beforeEach(() => {
  receiver.answer.status = 204;
});

/** An address of its own, so that no limit of another test counts. */
const elsewhere = () => ({ "X-Forwarded-For": `2001:db8:${randomUUID().slice(0, 4)}::1` });

const connect = async (user: User) => {
  const json = { network: "webhook", fields: { url: receiver.url } };
  return (await user.ask("/api/accounts", { json, headers: elsewhere() })).json as Record<string, string>;
};

test("an account is connected by clicking: what is shown once is not lost by a slip, and the id is there to copy", async ({
  page,
  context,
}) => {
  const user = await signInBrowser(context, server.url);
  await page.goto(`${server.url}/settings`);
  await page.getByRole("link", { name: en.header.accounts, exact: true }).click();
  await expect(page.getByText(en.accounts.emptyTitle)).toBeVisible();
  await page.getByRole("button", { name: en.accounts.connect }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Webhook" }).click();
  await dialog.getByRole("button", { name: en.accounts.connecting.connect, exact: true }).click();
  await expect(dialog.getByRole("alert").filter({ hasText: tellProblem(say("field_required"), "en") })).toBeVisible();
  await dialog.getByLabel(en.networks.webhook.fields.url.label, { exact: true }).fill(receiver.url);
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(/^whsec_/)).toBeVisible();
  const secret = await dialog.getByText(/^whsec_/).innerText();
  await page.keyboard.press("Escape");
  await expect(dialog.getByText(en.accounts.connecting.leaving)).toBeVisible();
  await dialog.getByRole("button", { name: en.accounts.connecting.saved }).click();
  await expect(page.getByText(en.accounts.emptyTitle)).toHaveCount(0);
  const { accounts } = (await user.ask("/api/accounts")).json as { accounts: { account_id: string }[] };
  await expect(page.getByText(accounts[1]?.account_id ?? "", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(secret);
});

test("the line for cURL posts to the account of its card", async ({ page, context }) => {
  const user = await signInBrowser(context, server.url);
  const { account_id: id } = await connect(user);
  await page.goto(`${server.url}/accounts`);
  const card = page.getByRole("listitem").filter({ hasText: id });
  await card.getByText(en.accounts.curl).click();
  const line = await card.locator("pre").innerText();
  expect(line).toContain(`${server.url}/v2/posts`);
  const body = /-d '(.+)'/.exec(line)?.[1] ?? "";
  expect(JSON.parse(body)).toEqual({ post: { accountId: id, text: "Hello from Boring Console" } });
});

test("a revoked account says so in words, and is reconnected with its id", async ({ page, context }) => {
  const user = await signInBrowser(context, server.url);
  const { account_id: id, username: name } = await connect(user);
  await page.goto(`${server.url}/accounts`);
  const card = page.getByRole("listitem").filter({ hasText: id });
  receiver.answer.status = 410;
  await card.getByRole("button", { name: `${en.accounts.test} ${name}` }).click();
  await expect(card.getByText(en.accounts.health.revoked, { exact: true })).toBeVisible();
  await expect(card.getByText(en.accounts.revokedLead)).toBeVisible();
  receiver.answer.status = 204;
  await card.getByRole("button", { name: `${en.accounts.reconnect} ${name}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(en.networks.webhook.fields.url.label, { exact: true }).fill(receiver.url);
  await dialog.getByRole("button", { name: en.accounts.connecting.connect, exact: true }).click();
  await dialog.getByRole("button", { name: en.accounts.connecting.saved }).click();
  await expect(card.getByText(en.accounts.health.valid, { exact: true })).toBeVisible();
});

test("disconnecting says first how many posts wait, and can be left", async ({ page, context }) => {
  const user = await signInBrowser(context, server.url);
  const { account_id: id, username: name } = await connect(user);
  const { key } = await user.generateKey();
  const json = { post: { accountId: id, text: "Later", scheduledAt: "2099-01-01T00:00:00Z" } };
  await user.ask("/v2/posts", { json, headers: { "boring-api-key": key, Cookie: "" } });
  await page.goto(`${server.url}/accounts`);
  const disconnect = page.getByRole("button", { name: `${en.accounts.disconnect} ${name}` });
  await disconnect.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(en.accounts.disconnecting.waiting.replace("{count}", "1"))).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(disconnect).toBeFocused();
  await disconnect.click();
  await dialog.getByRole("button", { name: en.accounts.disconnect, exact: true }).click();
  await expect(page.getByText(en.accounts.emptyTitle)).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Sandbox" })).toBeFocused();
});

test("what came of a connection is said once, and is gone from the address", async ({ page, context }) => {
  await signInBrowser(context, server.url);
  await page.goto(`${server.url}/accounts/callback?error=access_denied&state=never-given`);
  await expect(page.getByText(en.accounts.outcomes.stale)).toBeVisible();
  await expect(page).toHaveURL(`${server.url}/accounts`);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(en.accounts.outcomes.stale)).toHaveCount(0);
});

for (const [locale, text] of [
  ["en-US", en],
  ["zh-TW", zhTw],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing wrong with the page and its dialogs: ${locale}, ${colorScheme}`, async ({ browser }) => {
      const context = await browser.newContext({
        ...{ locale, colorScheme, reducedMotion: "reduce" as const },
        extraHTTPHeaders: elsewhere(),
      });
      const page = await context.newPage();
      const faults: string[] = [];
      const look = async (place: string) => faults.push(...(await findFaults(page, place)));
      const user = await signInBrowser(context, server.url);
      await page.goto(`${server.url}/accounts`);
      await look("no account");
      const { account_id: id, username: name } = await connect(user);
      receiver.answer.status = 410;
      await user.ask(`/api/accounts/${id}/check`, { method: "POST" });
      receiver.answer.status = 204;
      await page.reload();
      await page.getByText(text.accounts.curl).last().click();
      await look("a revoked account");
      await page.getByRole("button", { name: text.accounts.connect }).click();
      await look("dialog: choose");
      await page.getByRole("dialog").getByRole("button", { name: "Webhook" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: text.accounts.connecting.connect, exact: true }).click();
      await look("dialog: form");
      await dialog.getByLabel(text.networks.webhook.fields.url.label, { exact: true }).fill(receiver.url);
      await dialog.getByRole("button", { name: text.accounts.connecting.connect, exact: true }).click();
      await expect(dialog.getByText(/^whsec_/)).toBeVisible();
      await page.keyboard.press("Escape");
      await look("dialog: shown once");
      await dialog.getByRole("button", { name: text.accounts.connecting.saved }).click();
      await page.getByRole("button", { name: `${text.accounts.disconnect} ${name}` }).click();
      await look("dialog: disconnect");
      expect(faults).toEqual([]);
      await context.close();
    });
  }
}
