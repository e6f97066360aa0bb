import type { Page } from "@playwright/test";
import { lendSession } from "#lib/testing/console/console-user";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, sendPost, test } from "./posts-fixtures.ts";

const { calendar } = en;
const day = (page: Page, date: string) => page.locator(`[id="${date}"]`);

test.describe("in Nepal", () => {
  test.use({ timezoneId: "Asia/Kathmandu" });

  test("posts stand on the day and at the time that they have where the reader is, and lead to the post", async ({
    signedIn: page,
    server,
    user,
  }) => {
    // Half past midnight there, and the evening before in UTC.
    const { id } = await sendPost(user, { text: "Good morning", scheduledAt: "2030-12-03T18:45:00Z" });
    await sendPost(user, { text: "Another week", scheduledAt: "2030-12-09T12:00:00Z" });
    const { id: dropped } = await sendPost(user, { text: "Dropped", scheduledAt: "2030-12-04T12:00:00Z" });
    await user.ask(`/api/posts/${dropped}`, { method: "DELETE" });
    await page.goto(`${server.url}/posts`);
    await page.getByRole("link", { name: en.posts.calendar }).click();
    await page.goto(`${server.url}/posts/calendar?week=2030-W49`);
    await expect(page.getByText(calendar.lead.replace("{zone}", "Asia/Katmandu"))).toBeVisible();
    await expect(page.getByRole("table").getByRole("link")).toHaveCount(1);
    const post = day(page, "2030-12-04").getByRole("link");
    await expect(post).toContainText("00:30");
    await post.focus();
    await expect(page.getByRole("tooltip")).toContainText("2030-12-04 00:30:00 UTC+05:45");
    await expect(page.getByRole("tooltip")).toContainText("2030-12-03 18:45:00 UTC");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`${server.url}/posts?id=${id}`);
    await expect(page.locator("tr[data-post]")).toHaveCount(1);
    await expect(page.locator("tr[data-post]")).toContainText("Good morning");
  });
});

test("weeks and months are walked through by keyboard, also without JavaScript", async ({ browser, server, user }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  await lendSession(context, server.url, user);
  const page = await context.newPage();
  await page.goto(`${server.url}/posts/calendar?week=2030-W01`);
  await expect(page.getByRole("columnheader").first()).toHaveText("Mon");
  await expect(page.getByRole("heading", { level: 2 })).toHaveText("Dec 31, 2029 – Jan 6, 2030");
  await page.getByRole("link", { name: calendar.previous, exact: true }).press("Enter");
  await expect(page).toHaveURL(/\?week=2029-W52$/);
  await page.getByRole("link", { name: calendar.next, exact: true }).press("Enter");
  await expect(page).toHaveURL(/\?week=2030-W01$/);
  await page.getByRole("link", { name: calendar.month, exact: true }).press("Enter");
  await expect(page).toHaveURL(/\?month=2029-12$/);
  await page.getByRole("link", { name: calendar.thisMonth }).press("Enter");
  await expect(page.locator("[aria-current=date]")).toHaveCount(1);
  await expect(page.getByText(calendar.emptyTitle)).toBeVisible();
  for (const query of ["week=2026-W54", "week=", "month=2026-13", "month=x&month=y", "week=%00"]) {
    expect((await page.goto(`${server.url}/posts/calendar?${query}`))?.status(), query).toBe(404);
  }
  await context.close();
});

test("a day says how many more it has, and another person's posts are not in it", async ({
  signedIn: page,
  server,
  user,
}) => {
  const stranger = await createUser(server.url);
  for (let minute = 10; minute < 15; minute++) {
    await sendPost(user, { text: `At ${minute}`, scheduledAt: `2031-03-05T12:${minute}:00Z` });
    await sendPost(stranger, { text: "Not yours", scheduledAt: `2031-03-05T11:${minute}:00Z` });
  }
  await page.goto(`${server.url}/posts/calendar?month=2031-03`);
  const cell = day(page, "2031-03-05");
  await expect(cell.getByRole("link")).toHaveCount(4);
  await cell.getByRole("link", { name: calendar.more.replace("{count}", "2") }).click();
  await expect(page).toHaveURL(/\?week=2031-W10#2031-03-05$/);
  await expect(cell.getByRole("link")).toHaveCount(5);
  await expect(page.getByText("Not yours")).toHaveCount(0);
});

for (const [locale, text, colorScheme] of [
  ["en", en, "light"],
  ["zh-TW", zhTw, "dark"],
] as const) {
  test(`the calendar is clean for axe and fits 320 pixels (${locale}, ${colorScheme})`, async ({
    browser,
    server,
    user,
  }) => {
    const context = await browser.newContext({ locale, colorScheme, reducedMotion: "reduce" });
    await lendSession(context, server.url, user);
    for (const hour of [10, 11, 12, 13]) {
      await sendPost(user, { text: "很長很長".repeat(40), scheduledAt: `2031-03-09T${hour}:00:00Z` });
    }
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(error.message));
    for (const query of ["week=2031-W10", "month=2031-03", "month=2031-04"]) {
      await page.goto(`${server.url}/posts/calendar?${query}`);
      faults.push(...(await findFaults(page, query)));
    }
    await expect(page.getByText(text.calendar.emptyTitle)).toBeVisible();
    await page.goto(`${server.url}/posts/calendar?month=2031-03`);
    await day(page, "2031-03-09").getByRole("link").first().focus();
    await expect(page.getByRole("tooltip").first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(faults).toEqual([]);
    await context.close();
  });
}
