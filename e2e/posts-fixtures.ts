import { test as base, type Locator, type Page } from "@playwright/test";
import { lendSession } from "#lib/testing/console/console-user";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser, type User } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { startTestNetworks, type TestNetworks } from "./test-networks.ts";

/** A server that may reach networks of our own, and a page of somebody new who is signed in. */
export const test = base.extend<{ user: User; signedIn: Page }, { networks: TestNetworks; server: RunningServer }>({
  networks: [
    async ({ playwright: _ }, use) => {
      const networks = await startTestNetworks();
      await use(networks);
      await networks.stop();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ networks }, use) => {
      const server = await startServer({ env: { OUTBOUND_ALLOWED_HOSTS: networks.allowedHosts } });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  user: async ({ server }, use) => {
    await use(await createUser(server.url));
  },
  signedIn: async ({ page, context, server, user }, use) => {
    await lendSession(context, server.url, user);
    await use(page);
  },
});

export { expect } from "@playwright/test";

export const words = en.posts;
export const composing = en.compose;

/** The row of the post with this text. */
export const rowOf = (page: Page, text: string): Locator => page.locator("tr[data-post]", { hasText: text });
/** What the button for an action on a post is called. */
export const actionOn = (action: string, post: string) =>
  words.actionOn.replace("{action}", action).replace("{post}", post);
export const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Sends a post from the console, and returns it however it went. */
export const sendPost = async (user: User, post: object): Promise<Record<string, unknown>> => {
  const { status, json, text } = await user.ask("/api/posts", { json: { post } });
  if (status !== 201 && status !== 502) throw new Error(`the post was not accepted: ${status} ${text}`);
  return json.data as Record<string, unknown>;
};

/** Opens the composer and writes. */
export const compose = async (page: Page, text: string): Promise<Locator> => {
  await page.getByRole("button", { name: words.compose }).click();
  const dialog = page.getByRole("dialog").first();
  await dialog.getByLabel(composing.text).fill(text);
  return dialog;
};
