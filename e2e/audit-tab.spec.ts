import { lendSession } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  test(`the Security tab tells what happened, filters without JavaScript and downloads (${locale})`, async ({
    browser,
    server,
    user,
  }) => {
    const context = await browser.newContext({ locale, javaScriptEnabled: false });
    await lendSession(context, server.url, user);
    const { id } = await user.generateKey("Production");
    for (let n = 1; n <= 21; n++) await user.updateKey(id, { name: `Name ${n}` });
    const { activity, events } = text;
    const page = await context.newPage();
    await page.goto(`${server.url}/account/security`);
    const section = page.getByRole("region", { name: activity.title });
    const rows = section.locator("tbody tr");
    await expect(rows).toHaveCount(20);
    await expect(rows.first()).toContainText(events.sentences["key.updated"].replace("{key}", "Name 21"));
    await expect(rows.first()).toContainText(`${events.members.name}: Name 20 → Name 21`);
    await expect(rows.first()).toContainText("127.0.0.1");
    await section.getByRole("link", { name: activity.older }).click();
    await expect(rows).toHaveCount(3);
    await expect(rows.last()).toContainText(events.sentences["session.started"]);

    await section.getByLabel(activity.action).selectOption(events.actions["key.generated"]);
    await section.getByLabel(activity.key, { exact: true }).selectOption(id);
    await section.getByRole("button", { name: activity.apply }).click();
    await expect(rows).toHaveCount(1);
    expect(new URL(page.url()).searchParams.get("action")).toBe("key.generated");
    await expect(section.getByLabel(activity.key, { exact: true })).toHaveValue(id);
    const href = await section.getByRole("link", { name: activity.download }).getAttribute("href");
    expect((await user.ask(href ?? "")).text.trim().split("\r\n")).toHaveLength(2);

    await section.getByLabel(activity.to).fill("2025-01-15");
    await section.getByRole("button", { name: activity.apply }).click();
    await expect(section.getByText(activity.emptyTitle)).toBeVisible();
    await section.getByRole("link", { name: activity.clear }).click();
    await expect(rows).toHaveCount(20);
    await page.goto(`${server.url}/account/security?action=bogus&page=99`);
    await expect(section.getByText(activity.notUnderstood)).toBeVisible();
    await context.close();
  });
}

test("the activity's filter is applied at once, and times are the reader's with UTC beside them", async ({
  browser,
  server,
  user,
}) => {
  const context = await browser.newContext({ timezoneId: "Asia/Kathmandu" });
  await lendSession(context, server.url, user);
  const { id } = await user.generateKey("Production");
  await user.updateKey(id, { expires_at: "2031-01-31T18:30:00Z" });
  const page = await context.newPage();
  const mismatches: string[] = [];
  page.on("console", (message) => message.type() === "error" && mismatches.push(message.text()));
  page.on("pageerror", (error) => mismatches.push(error.message));
  await page.goto(`${server.url}/account/security`);
  const section = page.getByRole("region", { name: en.activity.title });
  const rows = section.locator("tbody tr");
  await section.getByLabel(en.activity.action).selectOption("key.updated");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("2031-02-01 00:15");
  await rows.getByText("2031-02-01 00:15", { exact: true }).hover();
  await expect(rows.getByRole("tooltip").first()).toContainText("2031-01-31 18:30:00 UTC");
  await section.getByLabel(en.activity.to).fill("2025-01-15");
  await expect(section.getByText(en.activity.emptyTitle)).toBeVisible();
  expect(mismatches).toEqual([]);
  await context.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the activity is clean for axe and fits 320 pixels (${colorScheme})`, async ({ browser, server, user }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
    await lendSession(context, server.url, user);
    const { id } = await user.generateKey("金鑰名稱很長很長".repeat(8));
    const addresses = Array.from({ length: 20 }, (_, n) => `2001:db8:1234:5678:9abc:def0:1234:${n}`);
    await user.updateKey(id, { name: "x".repeat(64), note: "y".repeat(200), allowed_addresses: addresses });
    const page = await context.newPage();
    for (const query of ["", "?action=key.deleted", "?action=bogus"]) {
      await page.goto(`${server.url}/account/security${query}`);
      expect(await findFaults(page, query)).toEqual([]);
    }
    await context.close();
  });
}
