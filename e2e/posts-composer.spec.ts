import en from "../lib/i18n/en.json" with { type: "json" };
import { compose, composing, expect, rowOf, test, words } from "./posts-fixtures.ts";
import { connectMastodon, connectReceiver } from "./test-networks.ts";

test.use({ timezoneId: "Asia/Taipei" });

test("a first post is composed, published and led to, without leaving the page", async ({ signedIn: page, server }) => {
  await page.goto(`${server.url}/posts`);
  await expect(page.getByText(words.emptyTitle)).toBeVisible();
  const dialog = await compose(page, "Hello 👩‍👩‍👧");
  await expect(dialog).toContainText("of 10,000 characters");
  await dialog.getByRole("button", { name: composing.addMedium }).click();
  await expect(dialog.getByLabel(composing.mediumUrl)).toBeFocused();
  await dialog.getByLabel(composing.mediumUrl).fill("https://example.com/cat.jpg");
  await dialog.getByLabel(composing.mediumAlt).fill("A cat");
  await dialog.getByRole("button", { name: composing.addPart }).click();
  await page.keyboard.type("and goodbye");
  await dialog.getByRole("button", { name: composing.publish, exact: true }).click();
  await expect(page.getByRole("heading", { name: composing.results.published.title })).toBeFocused();
  const href = await dialog.getByRole("link", { name: composing.show }).getAttribute("href");
  await dialog.getByRole("button", { name: composing.done }).click();
  await expect(rowOf(page, "Hello")).toContainText(words.states.published);
  await page.goto(href ?? "");
  await expect(page.getByText("and goodbye")).toBeVisible();
  await expect(page.getByText(en.sandbox.alt.replace("{text}", "A cat"))).toBeVisible();
});

test("a time in the reader's own zone is kept, whatever the server's is", async ({ signedIn: page, server, user }) => {
  await page.goto(`${server.url}/posts`);
  const dialog = await compose(page, "Happy new year");
  await dialog.getByLabel(composing.later).check({ force: true });
  await expect(dialog).toContainText("Asia/Taipei, UTC+08:00");
  await dialog.getByRole("button", { name: composing.schedule, exact: true }).click();
  await expect(dialog.getByText(composing.chooseTime)).toBeVisible();
  await dialog.getByLabel(composing.time).fill("2020-01-01T00:00");
  await dialog.getByRole("button", { name: composing.schedule, exact: true }).click();
  await expect(dialog.getByText("Choose a time in the future.")).toBeVisible();
  await dialog.getByLabel(composing.time).fill("2040-01-01T00:00");
  await dialog.getByRole("button", { name: composing.schedule, exact: true }).click();
  await expect(page.getByRole("heading", { name: composing.results.scheduled.title })).toBeVisible();
  const { results } = (await user.ask("/api/posts")).json as { results: { scheduled_at: string }[] };
  expect(results.map((post) => post.scheduled_at)).toEqual(["2039-12-31T16:00:00Z"]);
});

test("what cannot be published is said where it is, and what the network refuses can be changed", async ({
  signedIn: page,
  server,
  user,
  networks,
}) => {
  networks.receiver.answer = 204;
  await connectReceiver(user, networks.receiver);
  networks.receiver.answer = 422;
  await page.goto(`${server.url}/posts`);
  const dialog = await compose(page, "x".repeat(10_001));
  await dialog.getByRole("button", { name: composing.publish, exact: true }).click();
  await expect(dialog.getByLabel(composing.text)).toHaveAttribute("aria-invalid", "true");
  await expect(dialog.getByText("10,001 of at most 10,000")).toBeVisible();
  await dialog.getByLabel(composing.account).selectOption({ label: `${networks.receiver.host} (Webhook)` });
  await dialog.getByLabel(composing.text).fill("Too bad");
  await dialog.getByRole("button", { name: composing.publish, exact: true }).click();
  await expect(page.getByRole("heading", { name: composing.results.failed.title })).toBeVisible();
  await expect(dialog).toContainText("The receiver answered 422");
  await dialog.getByRole("button", { name: composing.backToText }).click();
  await expect(dialog.getByLabel(composing.text)).toHaveValue("Too bad");
});

test("a text is counted as its account's server counts it: links, and the servers in mentions", async ({
  signedIn: page,
  server,
  user,
  networks,
}) => {
  const accountId = await connectMastodon(user, networks.mastodon);
  await page.goto(`${server.url}/posts`);
  const text = `@alice@mastodon.example https://example.com/${"a".repeat(200)} 請看https://例子.台灣/路徑，👩‍👩‍👧 ${"x".repeat(420)}`;
  const dialog = await compose(page, text);
  await expect(dialog).toContainText("of 10,000 characters");
  await dialog.getByLabel(composing.account).selectOption(accountId);
  await expect(dialog).toContainText("477 of 500 visible characters");
  await dialog.getByLabel(composing.text).fill(`${text}${"y".repeat(24)}`);
  await expect(dialog.getByText(composing.over.replace("{count}", "1"))).toBeVisible();
  await dialog.getByRole("button", { name: composing.publish, exact: true }).click();
  await expect(dialog.getByText("501 of at most 500")).toBeVisible();
  await dialog.getByLabel(composing.text).fill(`${text}${"y".repeat(23)}`);
  await expect(dialog).toContainText("500 of 500 visible characters");
  await dialog.getByRole("button", { name: composing.publish, exact: true }).click();
  await expect(page.getByRole("heading", { name: composing.results.published.title })).toBeVisible();
});

test("a second press and a lost answer publish once", async ({ signedIn: page, server, user }) => {
  await page.goto(`${server.url}/posts`);
  const dialog = await compose(page, "Only once");
  let isLost = false;
  await page.route(/\/api\/posts\?/, async (route) => {
    if (isLost || route.request().method() !== "POST") return route.continue();
    isLost = true;
    await route.fetch();
    await route.abort();
  });
  const publish = dialog.getByRole("button", { name: composing.publish, exact: true });
  await publish.dblclick();
  await expect(dialog.getByText(en.problem.network)).toBeVisible();
  await publish.click();
  await expect(page.getByRole("heading", { name: composing.results.published.title })).toBeVisible();
  expect((await user.ask("/api/posts")).json.count).toBe(1);
});

test("what is written is not lost by a slip: Escape, a press outside and leaving the page ask", async ({
  signedIn: page,
  server,
}) => {
  await page.goto(`${server.url}/posts`);
  const dialog = await compose(page, "Precious");
  const question = page.getByRole("dialog", { name: composing.leaveTitle });
  await page.keyboard.press("Escape");
  await expect(question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await page.mouse.click(5, 500);
  await question.getByRole("button", { name: composing.stay }).click();
  await expect(dialog.getByLabel(composing.text)).toHaveValue("Precious");
  const asked: string[] = [];
  page.on("dialog", (alert) => {
    asked.push(alert.type());
    void alert.dismiss();
  });
  await page.evaluate(() => location.assign("/settings"));
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(dialog.getByLabel(composing.text)).toHaveValue("Precious");
  await page.keyboard.press("Escape");
  await question.getByRole("button", { name: composing.leave }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: words.compose }).click();
  await expect(dialog.getByLabel(composing.text)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
