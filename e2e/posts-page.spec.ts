import { lendSession } from "#lib/testing/console/console-user";
import { actionOn, expect, inHours, rowOf, sendPost, test, words } from "./posts-fixtures.ts";
import { connectReceiver } from "./test-networks.ts";

test.use({ timezoneId: "Asia/Taipei" });

test("the history says what became of each post, where it went and who made it", async ({
  signedIn: page,
  server,
  user,
  networks,
}) => {
  const { key } = await user.generateKey("Newsroom");
  const body = JSON.stringify({ post: { text: ["First part", "Second part"] } });
  const headers = { "boring-api-key": key, "Content-Type": "application/json" };
  await fetch(`${server.url}/v2/posts`, { method: "POST", headers, body });
  networks.receiver.answer = 204;
  const accountId = await connectReceiver(user, networks.receiver);
  networks.receiver.answer = 422;
  await sendPost(user, { text: "Nobody wants this", accountId });
  await sendPost(user, { text: "See you soon", scheduledAt: inHours(49) });
  await page.goto(`${server.url}/posts`);

  const published = rowOf(page, "First part");
  await expect(published).toContainText(words.states.published);
  await expect(published).toContainText("Sandbox");
  await expect(published).toContainText(words.byKey.replace("{name}", "Newsroom"));
  await expect(published).toContainText(words.thread.replace("{count}", "2"));
  const link = published.getByRole("link", { name: words.show.replace("{network}", "Sandbox") });
  await expect(link).toHaveAttribute("href", new RegExp(`^${server.url}/sandbox/.+#post-`));

  const failed = rowOf(page, "Nobody wants this");
  await expect(failed).toContainText(words.states.failed);
  await expect(failed).toContainText(words.byConsole);
  await expect(failed).toContainText("The receiver answered 422: it did not accept the message.");
  await failed.getByText(words.attempts.replace("{count}", "1")).click();
  await expect(failed.getByRole("list", { name: words.attemptList })).toContainText(words.outcomes.failed);

  const scheduled = rowOf(page, "See you soon");
  await expect(scheduled).toContainText(words.states.scheduled);
  // Forty-nine hours from now are three calendar days when the day in Taipei is nearly over.
  await expect(scheduled).toContainText(/in [23] days/);
  await scheduled.locator("[data-label] time").first().hover();
  await expect(scheduled.getByRole("tooltip").first()).toContainText("UTC+08:00");
});

test("why a post failed is told in Chinese to whoever reads Chinese, values and all", async ({
  browser,
  server,
  user,
  networks,
}) => {
  networks.receiver.answer = 204;
  const accountId = await connectReceiver(user, networks.receiver);
  networks.receiver.answer = 422;
  await sendPost(user, { text: "Nobody wants this", accountId });
  const context = await browser.newContext({ locale: "zh-TW" });
  await lendSession(context, server.url, user);
  const page = await context.newPage();
  await page.goto(`${server.url}/posts`);
  const failed = page.locator("tr[data-post]").filter({ hasText: "Nobody wants this" });
  await expect(failed).toContainText("接收端回覆 422：沒有收下訊息。");
  await failed.getByRole("button", { name: "重試" }).click();
  await expect(failed.locator("summary")).toContainText("2");
  await expect(failed).toContainText("接收端回覆 422：沒有收下訊息。");
  await expect(failed).not.toContainText("The receiver");
  await context.close();
});

test("the filter and the pages are in the address, and work without JavaScript", async ({ browser, server, user }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  await lendSession(context, server.url, user);
  for (let n = 1; n <= 21; n++) await sendPost(user, { text: `Number ${n}.` });
  await sendPost(user, { text: "Later", scheduledAt: inHours(1) });
  const page = await context.newPage();
  await page.goto(`${server.url}/posts`);
  const rows = page.locator("tr[data-post]");
  await expect(rows).toHaveCount(20);
  await expect(rows.first()).toContainText("Later");
  await page.getByRole("link", { name: words.older }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toContainText("Number 1.");

  const filter = page.getByRole("form", { name: words.filter });
  await filter.getByLabel(words.columns.state).selectOption("scheduled");
  await filter.getByLabel(words.network).selectOption("sandbox");
  await filter.getByRole("button", { name: words.apply }).click();
  await expect(rows).toHaveCount(1);
  expect(new URL(page.url()).searchParams.get("status")).toBe("scheduled");
  await filter.getByLabel(words.columns.state).selectOption("failed");
  await filter.getByRole("button", { name: words.apply }).click();
  await expect(page.getByText(words.nothingFound)).toBeVisible();
  await page.goto(`${server.url}/posts?status=bogus&page=99`);
  await expect(page.getByText(words.notUnderstood)).toBeVisible();
  await context.close();
});

test("a changed filter is applied at once, keeps the focus, and going back takes it back", async ({
  signedIn: page,
  server,
  user,
}) => {
  await sendPost(user, { text: "Now" });
  await sendPost(user, { text: "Later", scheduledAt: inHours(1) });
  await page.goto(`${server.url}/posts`);
  const filter = page.getByRole("form", { name: words.filter });
  await expect(filter.getByRole("button")).toHaveCount(0);
  const rows = page.locator("tr[data-post]");
  const state = filter.getByLabel(words.columns.state);
  await state.focus();
  await state.selectOption("scheduled");
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(`${server.url}/posts?status=scheduled`);
  await expect(state).toBeFocused();
  await filter.getByLabel(words.network).selectOption("mastodon");
  await expect(page.getByText(words.nothingFound)).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveCount(1);
  await expect(filter.getByLabel(words.network)).toHaveValue("");
  await page.goBack();
  await expect(rows).toHaveCount(2);
  await expect(state).toHaveValue("");
});

test("more than seven posts are seen at once on a small laptop, and a key's name leads to its key", async ({
  signedIn: page,
  server,
  user,
}) => {
  const { id, key } = await user.generateKey("Newsroom");
  const headers = { "boring-api-key": key, "Content-Type": "application/json" };
  for (const at of [undefined, inHours(23), inHours(300)]) {
    for (let n = 1; n <= 4; n++) {
      const body = JSON.stringify({ post: { text: `Number ${n}, and some more words`, scheduledAt: at } });
      await fetch(`${server.url}/v2/posts`, { method: "POST", headers, body });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${server.url}/posts`);
  const rows = page.locator("tr[data-post]");
  await expect(rows).toHaveCount(12);
  const eighth = await rows.nth(7).boundingBox();
  expect((eighth?.y ?? 800) + (eighth?.height ?? 0)).toBeLessThanOrEqual(800);
  await expect(rows.first().getByRole("link", { name: "Newsroom" })).toHaveAttribute("href", `/settings/keys/${id}`);
});

test("what happens elsewhere is seen and announced without reloading, and open details and the focus stay", async ({
  signedIn: page,
  server,
  user,
}) => {
  await page.clock.install();
  const { id } = await sendPost(user, { text: ["Wait for it", "and more"], scheduledAt: inHours(2) });
  await page.goto(`${server.url}/posts`);
  const row = rowOf(page, "Wait for it");
  await row.locator("summary").click();
  await row.getByRole("button", { name: actionOn(words.cancel, "Wait for it") }).focus();
  await user.ask(`/api/posts/${id}`, { method: "DELETE" });
  await page.clock.runFor(16_000);
  await expect(row).toContainText(words.states.cancelled);
  const news = words.changed.replace("{post}", "Wait for it").replace("{state}", words.states.cancelled);
  await expect(page.getByRole("status").filter({ hasText: news })).toHaveCount(1);
  await expect(row.getByRole("list", { name: words.parts })).toBeVisible();
  await expect(row).toBeFocused();
});
