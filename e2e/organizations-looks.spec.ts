import type { Page } from "@playwright/test";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";
import { appoint, createOrganization, nameOf, select, startTeam } from "./organization-fixtures.ts";

type Look = (place: string) => Promise<void>;
type People = Awaited<ReturnType<typeof startTeam>>;

const fill = (message: string, name: string) => message.replace("{name}", name);

/** Every screen and every dialog of organizations, one after the other. */
const visitAll = async (page: Page, url: string, { owner, other, team }: People, text: typeof en, look: Look) => {
  const words = text.organizations;
  await page.goto(`${url}/settings`);
  await page.getByRole("button", { name: fill(text.header.organizationMenu, team.name) }).click();
  await expect(page.getByRole("button", { name: team.name, exact: true })).toBeVisible();
  await look("the switch between organizations");
  await page.goto(`${url}/settings`);
  await look("the keys of several people");

  await page.goto(`${url}/account/organizations`);
  await expect(page.getByText(words.lastOwner)).toBeVisible();
  await look("my organizations");
  await page.getByRole("button", { name: words.create }).click();
  await look("dialog: create");
  await appoint(owner, team, other, "owner");
  await page.reload();
  await page.getByRole("button", { name: `${words.leave} ${team.name}` }).click();
  await expect(page.getByRole("dialog").getByText("Production Server")).toBeVisible();
  await look("dialog: leave");
  await appoint(owner, team, other, "member");

  await page.goto(`${url}/account/organizations/${team.id}`);
  await look("one organization");
  await page.getByRole("button", { name: `${words.remove} ${nameOf(other)}` }).click();
  await expect(page.getByRole("dialog").getByRole("radio")).toHaveCount(2);
  await page.getByRole("dialog").getByRole("button", { name: words.remove, exact: true }).click();
  await look("dialog: remove");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `${words.changeRole} ${nameOf(other)}` }).click();
  await look("dialog: role");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: words.deleting.delete }).click();
  await look("dialog: delete");

  await page.goto(`${url}/account/security`);
  await look("the activity of several people");
  const [, key] = (await owner.ask(`/api/keys?organization_id=${team.id}`)).json.keys as { id: string }[];
  await select(owner, await createOrganization(owner, "Another organization with a very long name, as they have"));
  await page.goto(`${url}/settings/keys/${key?.id}`);
  await expect(page.getByText(fill(words.belongsTo, team.name))).toBeVisible();
  await look("a key of another organization");
  await select(owner, team);
};

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`the screens of organizations are clean for axe, on desktops and phones (${locale}, ${colorScheme})`, async ({
      browser,
      server,
    }) => {
      test.setTimeout(420_000);
      const context = await browser.newContext({ locale, colorScheme, reducedMotion: "reduce" });
      const people = await startTeam(server.url, { owner: context });
      await createOrganization(people.owner, "Another organization with a very long name, as they have");
      await select(people.owner, people.team);
      await people.owner.generateKey("Production Server");
      await people.other.generateKey("Mobile App");
      const page = await context.newPage();
      const faults: string[] = [];
      page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
      page.on("pageerror", (error) => faults.push(error.message));
      const look = (size: string) => async (place: string) => {
        faults.push(...(await findFaults(page, `${place}, ${size}`)));
      };
      await visitAll(page, server.url, people, text, look("desktop"));
      await page.setViewportSize({ width: 390, height: 844 });
      await visitAll(page, server.url, people, text, look("phone"));
      expect(faults).toEqual([]);
      await context.close();
    });

    // A member's screens lack buttons, which must not leave holes.
    test(`what a member sees is clean for axe (${locale}, ${colorScheme})`, async ({ browser, server }) => {
      const context = await browser.newContext({ locale, colorScheme, reducedMotion: "reduce" });
      const owners = await browser.newContext();
      const { owner, other, team } = await startTeam(server.url, { owner: owners, other: context });
      const { id } = await owner.generateKey("Production Server");
      await other.generateKey("Mobile App");
      const page = await context.newPage();
      const faults: string[] = [];
      for (const path of ["/settings", `/settings/keys/${id}`, `/account/organizations/${team.id}`, "/accounts"]) {
        await page.goto(server.url + path);
        faults.push(...(await findFaults(page, path)));
      }
      expect(faults).toEqual([]);
      await Promise.all([context.close(), owners.close()]);
    });
  }
}
