import { lendSession } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";

const UNKNOWN = "00000000-0000-4000-8000-000000000000";

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  test(`every page has a title of its own, and what is not there says so (${locale})`, async ({
    browser,
    server,
    user,
  }) => {
    const context = await browser.newContext({ locale });
    await lendSession(context, server.url, user);
    const keys = [await user.generateKey("One"), await user.generateKey("Two")];
    const page = await context.newPage();
    const docs = ["", "/requests", "/posts", "/errors", "/safety", "/leaks", "/management", "/reference"];
    const paths = [
      ...["/settings", "/settings/webhooks", "/accounts", "/posts", "/posts/calendar?week=2026-W49"],
      ...["/posts/calendar?month=2026-12", "/account", "/account/security", "/account/api-keys", "/trouble"],
      ...docs.map((name) => `/docs${name}`),
      ...keys.flatMap(({ id }) => ["", "/usage", "/leak"].map((tab) => `/settings/keys/${id}${tab}`)),
    ];
    const titles: string[] = [];
    for (const path of paths) {
      await page.goto(server.url + path);
      titles.push(await page.title());
    }
    expect(titles.filter((title, index) => titles.indexOf(title) !== index || !title.includes(" · "))).toEqual([]);
    for (const path of [
      ...["/nothing", "/posts/nothing", "/posts/calendar?week=x", `/settings/keys/${UNKNOWN}`, `/sandbox/${UNKNOWN}`],
      ...[`/settings/keys/${UNKNOWN}/usage`, `/settings/keys/${UNKNOWN}/leak`, `/settings/webhooks/${UNKNOWN}`],
    ]) {
      expect((await page.goto(server.url + path))?.status(), path).toBe(404);
      expect(await page.title(), path).toBe(`${text.notFound.title} · ${text.product.name}`);
    }
    await context.close();
  });
}
