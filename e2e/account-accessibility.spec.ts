import type { Page } from "@playwright/test";
import { lendSession } from "#lib/testing/console/console-user";
import { createUser, type User } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";
import { findOrganization, invite } from "./invitations.ts";

type Look = (place: string) => Promise<void>;
const LONG = "很長的組織名稱加上 Supercalifragilisticexpialidocious-und-Söhne";

/** Every screen of invitations and of one's account, and its dialogs and errors, one after the other. */
const visitAll = async (page: Page, url: string, text: typeof en, look: Look, user: User): Promise<void> => {
  const organization = await findOrganization(user);
  await user.ask(`/api/organizations/${organization}`, { method: "PATCH", json: { name: LONG } });
  const grace = await createUser(url, `grace.with.a.rather.long.name.${organization.slice(-12)}@example.com`);
  const { url: link, id } = await invite(user, grace.email, "admin");
  const revoked = await invite(user, "revoked@example.com");
  await user.ask(`/api/organizations/${organization}/invitations/${revoked.id}`, { method: "DELETE" });

  await page.goto(link);
  await look("invitation, signed out");
  await lendSession(page.context(), url, grace);
  await page.goto(link);
  await look("invitation, for its addressee");
  await page.goto(`${url}/account/invitations`);
  await look("invitations, received");
  await lendSession(page.context(), url, user);
  await page.goto(link);
  await look("invitation, for somebody else");
  await page.goto(`${url}/account/invitations`);
  await page.getByRole("button", { name: text.invitations.invite }).click();
  await expect(page.getByRole("form").getByRole("alert").filter({ hasText: /\S/ }).first()).toBeVisible();
  await look("invitations, sent, with an error");
  await page.getByRole("button", { name: `${text.invitations.renew} ${grace.email}` }).click();
  const toast = page.getByRole("status").getByText(grace.email);
  await expect(toast).toBeVisible();
  const { x = -1, width = 0 } = (await toast.boundingBox()) ?? {};
  expect([x >= 0, x + width <= (page.viewportSize()?.width ?? 0)], "a long address fits the toast").toEqual([
    true,
    true,
  ]);
  await look("invitations, sent, after a change");

  await page.goto(`${url}/account`);
  await page.getByRole("button", { name: text.profile.save }).click();
  await expect(page.getByText(text.profile.saved)).toBeVisible();
  await look("profile");
  await page.getByRole("button", { name: text.profile.delete }).click();
  await look("dialog: delete account");
  await page.getByRole("dialog").getByRole("button", { name: text.profile.delete }).click();
  await expect(page.getByRole("dialog").getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
  await look("dialog: delete account, refused");
  await grace.ask(`/api/invitations/${id}/accept`, { method: "POST" });
  await page.goto(`${url}/account`);
  await look("profile of a last owner");
};

const SCREENS = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 780 } };

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      test(`invitations and the account are clean for axe and fit 320 pixels (${locale}, ${colorScheme}, ${screen})`, async ({
        browser,
        server,
        user,
      }) => {
        test.setTimeout(420_000);
        const context = await browser.newContext({ locale, colorScheme, viewport, reducedMotion: "reduce" });
        const page = await context.newPage();
        const faults: string[] = [];
        page.on("console", (message) => {
          if (message.type() === "error" && !/40[04]/.test(message.text())) faults.push(message.text());
        });
        page.on("pageerror", (error) => faults.push(error.message));
        const look = async (place: string) => {
          faults.push(...(await findFaults(page, place)));
          const folder = process.env.SCREENS_DIR;
          const name = `${place.replaceAll(/\W+/g, "-")}-${locale}-${colorScheme}-${screen}`;
          if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
        };
        await visitAll(page, server.url, text, look, user);
        expect(faults).toEqual([]);
        await context.close();
      });
    }
  }
}
