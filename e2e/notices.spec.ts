import { randomUUID } from "node:crypto";
import { lendSession } from "#lib/testing/console/console-user";
import { openHttpBrowser } from "#lib/testing/console/http-browser";
import { signIn } from "#lib/testing/console/sign-in";
import { startServer } from "#lib/testing/console/start-server";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";
import { startMailServer } from "./start-mail-server.ts";
import { createPerson, createTeam, type Member } from "./team.ts";

const NEW_BROWSER = "sign_in.new_browser";

type Notices = { count: number; results: { id: string; kind: string; subject_name: string | null; url: string }[] };
const list = async ({ ask }: Pick<Member, "ask">) => (await ask("/api/notices")).json as Notices;

test("a browser that never signed in before is told once, the first one ever is not", async ({ server: { url } }) => {
  const email = `${randomUUID()}@example.com`;
  const [first, second] = [openHttpBrowser(), openHttpBrowser()];
  await signIn(url, { email }, first);
  await signIn(url, { email }, first);
  const read = async (cookie: string) => {
    const response = await fetch(`${url}/api/notices`, { headers: { Cookie: cookie } });
    return ((await response.json()) as Notices).results.map(({ kind }) => kind);
  };
  expect(await read((await signIn(url, { email }, first)).cookie)).toEqual([]);
  expect(await read((await signIn(url, { email }, second)).cookie)).toEqual([NEW_BROWSER]);
  expect(await read((await signIn(url, { email }, second)).cookie)).toEqual([NEW_BROWSER]);
  expect(await read((await signIn(url, { email }, first)).cookie)).toEqual([NEW_BROWSER]);
  // Somebody else who uses the same browser is somebody new there, and nobody was known of them.
  expect(await read((await signIn(url, { email: `${randomUUID()}@example.com` }, second)).cookie)).toEqual([]);
});

test("what was told is listed, read and chosen over HTTP, and only by its reader", async ({ server: { url } }) => {
  const team = await createTeam(url);
  const { id } = await team.member.generateKey("Deploy");
  const told = (await list(team.owner)).results.find(({ kind }) => kind === "key.generated");
  expect(told).toMatchObject({ subject_name: "Deploy", url: `${url}/settings/keys/${id}`, read_at: null });
  expect((await list(team.member)).results).toEqual([]);
  const read = (body: unknown, by = team.owner) => by.ask("/api/notices/read", { json: body });
  const unread = (await list(team.owner)).count;
  expect((await read({ ids: [told?.id] }, team.admin)).status).toBe(200);
  expect((await read({ ids: [told?.id] })).json).toEqual({ unread: unread - 1 });
  expect((await read({})).json).toEqual({ unread: 0 });
  for (const body of [{ ids: ["x"] }, { ids: "all" }, { other: 1 }, []]) expect((await read(body)).status).toBe(400);

  const choose = (places: unknown) => team.owner.ask("/api/notices/settings", { method: "PATCH", json: { places } });
  expect(await choose({ "key.leaked": "off" })).toMatchObject({
    status: 400,
    json: { fields: { "places.key.leaked": [expect.stringContaining("always")] } },
  });
  expect((await choose({ "key.generated": "off" })).json).toMatchObject({ places: { "key.generated": "off" } });
  await team.member.generateKey("Second");
  expect((await list(team.owner)).count).toBe(unread);
  expect((await team.owner.ask("/api/notices?page=99")).status).toBe(404);
});

for (const [locale, text, colorScheme] of [
  ["en", en, "light"],
  ["zh-TW", zhTw, "dark"],
] as const) {
  test(`the bell counts, leads to the notices, and each person chooses (${locale}, ${colorScheme})`, async ({
    browser,
  }) => {
    test.slow();
    const mails = await startMailServer();
    const server = await startServer({ env: mails.env });
    const faults: string[] = [];
    const words = text.notices;
    const context = await browser.newContext({ locale, colorScheme });
    try {
      const team = await createTeam(server.url);
      await lendSession(context, server.url, team.owner);
      const page = await context.newPage();
      const look = async (place: string) => {
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 900 });
          faults.push(...(await findFaults(page, `${place}, ${width}`)));
        }
      };
      const { id } = await team.member.generateKey("Deploy");
      await team.admin.ask(`/api/keys/${id}/leak`, { method: "POST" });
      await page.goto(`${server.url}/settings`);
      const { count } = await list(team.owner);
      await look("the bell");
      await page.getByRole("link", { name: words.unread.replace("{count}", `${count}`) }).click();
      await expect(page.getByRole("heading", { name: words.title, level: 1 })).toBeVisible();
      await expect(page.getByRole("listitem").filter({ hasText: "Deploy" })).toHaveCount(2);
      await look("notices");
      await page.getByRole("button", { name: words.markAll }).click();
      await expect(page.getByRole("link", { name: words.bell, exact: true })).toBeVisible();
      await expect(page.getByRole("button", { name: words.markAll })).toHaveCount(0);

      await page.getByLabel(words.settings.kinds["key.generated"]).selectOption(words.settings.off);
      await page.getByRole("button", { name: words.settings.save }).click();
      await expect(page.getByText(words.settings.saved)).toBeVisible();
      await page.reload();
      await expect(page.getByLabel(words.settings.kinds["key.generated"])).toHaveValue("off");
      await team.member.generateKey("Silent");
      expect((await list(team.owner)).count).toBe(count);
      await page
        .getByRole("listitem")
        .getByRole("link", { name: /Deploy/ })
        .last()
        .click();
      await expect(page).toHaveURL(`${server.url}/settings/keys/${id}`);

      const newcomer = await createPerson(server.url);
      await context.clearCookies();
      await lendSession(context, server.url, newcomer);
      await page.goto(`${server.url}/notices`);
      await expect(page.getByText(words.emptyTitle)).toBeVisible();
      await look("no notices");
    } finally {
      await context.close();
      await server.stop();
      await mails.close();
    }
    expect(faults).toEqual([]);
  });
}
