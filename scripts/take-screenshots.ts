// Takes the README's screenshots from the built console: npm run screenshots
import { mkdirSync } from "node:fs";
import { chromium } from "@playwright/test";
import { ask, withKey } from "#lib/testing/console/api-client";
import { lendSession } from "#lib/testing/console/console-user";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { findBrowser } from "./find-browser.ts";
import { buildWhenNeeded } from "./prepare.mjs";

const FOLDER = "docs/screenshots";
mkdirSync(FOLDER, { recursive: true });
buildWhenNeeded();

const server = await startServer({ env: { LOG_LEVEL: "silent", PUBLIC_URL: "http://localhost:3000" }, port: 3000 });
const browser = await chromium.launch({ executablePath: await findBrowser(), args: ["--no-sandbox", "--disable-gpu"] });

const user = await createUser(server.url, "ada@example.com");
const { key } = await user.generateKey("Production Server", { environment: "prod" });
await user.generateKey("QA Testing", { environment: "staging" });
const { id } = await user.generateKey("Development", { environment: "dev" });
await user.ask(`/api/keys/${id}`, { method: "PATCH", json: { is_active: false } });
await ask(server.url, "/v2/posts", { json: { post: { text: "Hello from Boring Console" } }, headers: withKey(key) });
while (!JSON.stringify((await user.ask("/api/keys")).json).includes('"last_used_at":"'))
  await ask(server.url, "/healthz");

const open = async (options: object) => {
  const context = await browser.newContext({ deviceScaleFactor: 1, reducedMotion: "reduce", ...options });
  await lendSession(context, server.url, user);
  const page = await context.newPage();
  await page.goto(`${server.url}/settings`);
  return page;
};

const desktop = await open({ viewport: { width: 1100, height: 620 }, locale: "en-US" });
await desktop.screenshot({ path: `${FOLDER}/settings.png` });
await desktop.getByRole("button", { name: en.keys.generate }).first().click();
await desktop.getByRole("dialog").getByRole("button", { name: "Mobile App", exact: true }).click();
await desktop.getByRole("dialog").getByRole("button", { name: en.generateKey.generate, exact: true }).click();
const dialog = desktop.getByRole("dialog", { name: en.secret.title });
await desktop.setViewportSize({ width: 1100, height: 900 });
const shown = await dialog.getByLabel(en.secret.label).inputValue();
await dialog.getByRole("button", { name: en.secret.copy }).click();
await ask(server.url, "/v2/me", { headers: withKey(shown) });
await dialog.getByText(en.secret.arrived).waitFor();
await desktop.screenshot({ path: `${FOLDER}/generated.png` });

const phone = await open({ viewport: { width: 390, height: 780 }, locale: "zh-TW", colorScheme: "dark" });
await phone.screenshot({ path: `${FOLDER}/settings-phone-dark-zh.png` });

await browser.close();
await server.stop();
