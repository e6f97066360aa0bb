import type { Page } from "@playwright/test";
import { signInBrowser } from "#lib/testing/console/console-user";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { type FakeLinkedin, startLinkedin } from "#lib/testing/linkedin/start-linkedin";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";

let linkedin: FakeLinkedin;
let server: RunningServer;
let unset: RunningServer;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  linkedin = await startLinkedin({ lifetimeSeconds: 6 * 86_400 });
  const { clientId, clientSecret } = linkedin.settings;
  const env = {
    OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${linkedin.port}`,
    NETWORK_API_URLS: `linkedin=${linkedin.url}`,
    ...{ LINKEDIN_CLIENT_ID: clientId, LINKEDIN_CLIENT_SECRET: clientSecret },
  };
  [server, unset] = [await startServer({ env }), await startServer()];
});
test.afterAll(async () => {
  await server.stop();
  await unset.stop();
  await linkedin.stop();
});

const goToNetwork = async (page: Page) => {
  await page.goto(`${server.url}/accounts`);
  await page.getByRole("button", { name: en.accounts.connect }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "LinkedIn" }).click();
  await expect(dialog.getByText(en.accounts.connecting.networkAsks.replace("{network}", "LinkedIn"))).toBeVisible();
  await dialog.getByRole("button", { name: en.accounts.connecting.connect, exact: true }).click();
  await dialog.getByRole("link", { name: /127\.0\.0\.1/ }).click();
  await expect(page).toHaveURL(/\/oauth\/v2\/authorization/);
};

test("an account of a network that asks for everything itself is connected, and reconnected with one click", async ({
  page,
  context,
}) => {
  const user = await signInBrowser(context, server.url);
  await goToNetwork(page);
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByText(en.accounts.outcomes.connected)).toBeVisible();
  const card = page.getByRole("listitem").filter({ hasText: "Ada Lovelace" });
  await expect(card.getByText(en.accounts.health.expiring, { exact: true })).toBeVisible();
  linkedin.settings.lifetimeSeconds = 60 * 86_400;
  await card.getByRole("button", { name: `${en.accounts.reconnect} Ada Lovelace` }).click();
  await expect(page).toHaveURL(/\/oauth\/v2\/authorization/);
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(card.getByText(en.accounts.health.valid, { exact: true })).toBeVisible();
  expect((await user.ask("/api/accounts")).json.accounts).toHaveLength(2);
  for (const secret of [...linkedin.tokens.keys(), linkedin.settings.clientSecret]) {
    expect(server.output()).not.toContain(secret);
    expect(await page.content()).not.toContain(secret);
  }
});

test("who declines there in the network's own words is told kindly", async ({ page, context }) => {
  await signInBrowser(context, server.url);
  await goToNetwork(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText(en.accounts.outcomes.denied)).toBeVisible();
});

test("a request to connect says what the operator has to set", async ({ context }) => {
  const user = await signInBrowser(context, unset.url);
  const { status, json } = await user.ask("/api/accounts", { json: { network: "linkedin", fields: {} } });
  expect([status, json.error]).toEqual([409, "InvalidState"]);
  expect(json.message).toContain("LINKEDIN_CLIENT_ID, LINKEDIN_CLIENT_SECRET");
});

for (const [locale, text, colorScheme, width] of [
  ["en-US", en, "light", 1280],
  ["zh-TW", zhTw, "dark", 390],
] as const) {
  test(`what the operator has to do is shown before anybody connects, and is clean for axe: ${locale}, ${width}`, async ({
    browser,
  }) => {
    const viewport = { width, height: 800 };
    const context = await browser.newContext({ locale, colorScheme, viewport, reducedMotion: "reduce" });
    const page = await context.newPage();
    const faults: string[] = [];
    const look = async (place: string) => {
      faults.push(...(await findFaults(page, place)));
      const folder = process.env.SCREENS_DIR;
      if (folder) await page.screenshot({ path: `${folder}/${place.replaceAll(" ", "-")}-${locale}.png` });
    };
    await signInBrowser(context, unset.url);
    await page.goto(`${unset.url}/accounts`);
    await page.getByRole("button", { name: text.accounts.connect }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText(text.accounts.connecting.notReady).first()).toBeVisible();
    await look("networks to choose from");
    await dialog.getByRole("button", { name: "LinkedIn" }).click();
    await expect(dialog.getByText("LINKEDIN_CLIENT_SECRET", { exact: true })).toBeVisible();
    await look("what the operator has to do");
    const guide = text.accounts.connecting.operatorGuide.replace("{network}", "LinkedIn");
    await dialog.getByRole("link", { name: guide }).click();
    await expect(page.getByRole("heading", { level: 2, name: "LinkedIn" })).toBeVisible();
    await expect(page.getByText(`${unset.url}/accounts/callback`, { exact: true })).toBeVisible();
    await look("the guide");
    await context.close();
    expect(faults).toEqual([]);
  });
}
