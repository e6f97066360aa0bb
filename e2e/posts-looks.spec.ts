import { lendSession } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, inHours, sendPost, test } from "./posts-fixtures.ts";
import { connectMastodon, connectReceiver, loseNextPost } from "./test-networks.ts";

for (const [locale, text, colorScheme] of [
  ["en", en, "light"],
  ["en", en, "dark"],
  ["zh-TW", zhTw, "light"],
  ["zh-TW", zhTw, "dark"],
] as const) {
  test(`the page and its dialogs are clean for axe and fit 320 pixels (${locale}, ${colorScheme})`, async ({
    browser,
    server,
    user,
    networks,
  }) => {
    test.setTimeout(300_000);
    const context = await browser.newContext({ locale, colorScheme, reducedMotion: "reduce" });
    await lendSession(context, server.url, user);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(error.message));
    const look = async (place: string) => void faults.push(...(await findFaults(page, place)));
    await page.goto(`${server.url}/posts`);
    await look("empty");

    const lostId = await connectMastodon(user, networks.mastodon);
    networks.receiver.answer = 204;
    const accountId = await connectReceiver(user, networks.receiver);
    networks.receiver.answer = 422;
    await sendPost(user, { text: "x".repeat(300), accountId });
    const media = { mediaUrls: [`https://example.com/${"long".repeat(60)}.jpg`], altTexts: ["替代文字".repeat(40)] };
    await sendPost(user, { content: { text: ["很長".repeat(200), "二"], ...media } });
    await sendPost(user, { text: "Scheduled", scheduledAt: inHours(2) });
    loseNextPost(networks.mastodon);
    await sendPost(user, { text: "Lost", accountId: lostId });
    await page.goto(`${server.url}/posts`);
    for (const summary of await page.locator("tr summary").all()) await summary.click();
    await look("history");
    for (const [action, post] of [
      [text.posts.cancel, "Scheduled"],
      [text.posts.force, "Lost"],
    ] as const) {
      const name = text.posts.actionOn.replace("{action}", action).replace("{post}", post);
      await page.getByRole("button", { name }).click();
      await look(`dialog: ${action}`);
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: text.posts.compose }).click();
    const dialog = page.getByRole("dialog").first();
    await dialog.getByLabel(text.compose.text).fill(`https://example.com ${"x".repeat(10_000)}`);
    await dialog.getByRole("button", { name: text.compose.addPart }).click();
    await dialog.getByRole("button", { name: text.compose.addMedium }).first().click();
    await dialog.getByLabel(text.compose.later).check({ force: true });
    await dialog.getByRole("button", { name: text.compose.schedule, exact: true }).click();
    await look("dialog: compose");
    await page.keyboard.press("Escape");
    await look("dialog: leave");
    await page.goto(`${server.url}/posts?status=bogus`).catch(() => {});
    await look("filter not understood");
    expect(faults).toEqual([]);
    await context.close();
  });
}
