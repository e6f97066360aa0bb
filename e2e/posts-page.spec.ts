import { test as base, expect, type Locator, type Page } from "@playwright/test";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { lendSession } from "./console-user.ts";
import { findFaults } from "./find-faults.ts";
import { type RunningServer, startServer } from "./start-server.ts";
import {
  connectMastodon,
  connectReceiver,
  loseNextPost,
  startTestNetworks,
  type TestNetworks,
} from "./test-networks.ts";
import { createUser, type User } from "./user.ts";

const test = base.extend<{ user: User; signedIn: Page }, { networks: TestNetworks; server: RunningServer }>({
  networks: [
    async ({ playwright: _ }, use) => {
      const networks = await startTestNetworks();
      await use(networks);
      await networks.stop();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ networks }, use) => {
      const server = await startServer({ env: { OUTBOUND_ALLOWED_HOSTS: networks.allowedHosts } });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  user: async ({ server }, use) => {
    await use(await createUser(server.url));
  },
  signedIn: async ({ page, context, server, user }, use) => {
    await lendSession(context, server.url, user);
    await use(page);
  },
});

test.use({ timezoneId: "Asia/Taipei" });
// They share the networks, and tell them how to answer.
test.describe.configure({ mode: "default" });

const words = en.posts;
const composing = en.compose;

const rowOf = (page: Page, text: string): Locator => page.locator("tr[data-post]", { hasText: text });
const actionOn = (action: string, post: string) => words.actionOn.replace("{action}", action).replace("{post}", post);
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

const sendPost = async (user: User, post: object): Promise<Record<string, unknown>> => {
  const { status, json, text } = await user.ask("/api/posts", { json: { post } });
  if (status !== 201 && status !== 502) throw new Error(`the post was not accepted: ${status} ${text}`);
  return json.data as Record<string, unknown>;
};

const compose = async (page: Page, text: string): Promise<Locator> => {
  await page.getByRole("button", { name: words.compose }).click();
  const dialog = page.getByRole("dialog").first();
  await dialog.getByLabel(composing.text).fill(text);
  return dialog;
};

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
  await expect(failed).toContainText("The receiver answered 422: it did not take the message.");
  await failed.getByText(words.attempts.replace("{count}", "1")).click();
  await expect(failed.getByRole("list", { name: words.attemptList })).toContainText(words.outcomes.failed);

  const scheduled = rowOf(page, "See you soon");
  await expect(scheduled).toContainText(words.states.scheduled);
  await expect(scheduled).toContainText("in 2 days");
  await scheduled.locator("time").first().hover();
  await expect(scheduled.getByRole("tooltip").first()).toContainText("UTC+08:00");
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

test("a scheduled post is cancelled after a question", async ({ signedIn: page, server, user }) => {
  await sendPost(user, { text: "Not today", scheduledAt: inHours(2) });
  await page.goto(`${server.url}/posts`);
  const row = rowOf(page, "Not today");
  const button = row.getByRole("button", { name: actionOn(words.cancel, "Not today") });
  await button.click();
  await page.getByRole("button", { name: words.confirm.cancel.back }).click();
  await expect(row).toContainText(words.states.scheduled);
  await button.click();
  await page.getByRole("button", { name: words.confirm.cancel.act }).click();
  await expect(row).toContainText(words.states.cancelled);
  await expect(button).toHaveCount(0);
});

test("a failed post is retried with a press", async ({ signedIn: page, server, user, networks }) => {
  networks.receiver.answer = 204;
  const accountId = await connectReceiver(user, networks.receiver);
  networks.receiver.answer = 422;
  await sendPost(user, { text: "Once more", accountId });
  await page.goto(`${server.url}/posts`);
  const row = rowOf(page, "Once more");
  const retry = row.getByRole("button", { name: actionOn(words.retry, "Once more") });
  await retry.click();
  await expect(page.getByText("The receiver answered 422").first()).toBeVisible();
  await expect(row).toContainText(words.attempts.replace("{count}", "2"));
  networks.receiver.answer = 204;
  await retry.click();
  await expect(row).toContainText(words.states.published);
});

test("a post of which nobody knows is asked about again, or sent after a warning that it may be there twice", async ({
  signedIn: page,
  server,
  user,
  networks: { mastodon },
}) => {
  const accountId = await connectMastodon(user, mastodon);
  for (const text of ["Lost, then found", "Lost, then sent"]) {
    loseNextPost(mastodon);
    expect(await sendPost(user, { text, accountId })).toMatchObject({ status: "unknown" });
  }
  const countAt = (text: string) => mastodon.statuses.filter((status) => JSON.stringify(status).includes(text)).length;
  await page.goto(`${server.url}/posts?status=unknown`);
  await rowOf(page, "then found")
    .getByRole("button", { name: actionOn(words.check, "Lost, then found") })
    .click();
  await expect(rowOf(page, "then found")).toHaveCount(0);
  await rowOf(page, "then sent")
    .getByRole("button", { name: actionOn(words.force, "Lost, then sent") })
    .click();
  await expect(page.getByRole("dialog")).toContainText("twice");
  await page.getByRole("dialog").getByRole("button", { name: words.confirm.force.act }).click();
  await expect(rowOf(page, "then sent")).toHaveCount(0);
  await page.goto(`${server.url}/posts?status=published`);
  await expect(page.locator("tr[data-post]")).toHaveCount(2);
  expect(countAt("then found")).toBe(1);
});

test("a first post is composed, published and led to, without leaving the page", async ({ signedIn: page, server }) => {
  await page.goto(`${server.url}/posts`);
  await expect(page.getByText(words.emptyTitle)).toBeVisible();
  const dialog = await compose(page, "Hello 👩‍👩‍👧");
  await expect(dialog).toContainText("of 10000 characters");
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
  await expect(dialog.getByText(en.postErrors.InvalidSchedule)).toBeVisible();
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
  await expect(dialog.getByText("10001 of at most 10000")).toBeVisible();
  await dialog.getByLabel(composing.account).selectOption({ label: `${networks.receiver.host} (Webhook)` });
  await dialog.getByLabel(composing.text).fill("Too bad");
  await dialog.getByRole("button", { name: composing.publish, exact: true }).click();
  await expect(page.getByRole("heading", { name: composing.results.failed.title })).toBeVisible();
  await expect(dialog).toContainText("The receiver answered 422");
  await dialog.getByRole("button", { name: composing.backToText }).click();
  await expect(dialog.getByLabel(composing.text)).toHaveValue("Too bad");
});

test("a second press and a lost answer publish once", async ({ signedIn: page, server, user }) => {
  await page.goto(`${server.url}/posts`);
  const dialog = await compose(page, "Only once");
  let isLost = false;
  await page.route("**/api/posts", async (route) => {
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
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("whoever deletes a key may cancel the posts that it still has waiting", async ({
  signedIn: page,
  server,
  user,
}) => {
  const text = en.deleteKey;
  for (const [name, status] of [
    ["Kept", "scheduled"],
    ["Dropped", "cancelled"],
  ] as const) {
    const { key } = await user.generateKey(name);
    const body = JSON.stringify({ post: { text: name, scheduledAt: inHours(2) } });
    const headers = { "boring-api-key": key, "Content-Type": "application/json" };
    await fetch(`${server.url}/v2/posts`, { method: "POST", headers, body });
    await page.goto(`${server.url}/settings`);
    await page.getByRole("button", { name: `${en.keys.delete} ${name}` }).click();
    await expect(page.getByText(text.waiting.replace("{count}", "1"))).toBeVisible();
    if (status === "cancelled") await page.getByLabel(text.cancelPosts).check();
    await page.getByRole("button", { name: text.delete }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.goto(`${server.url}/posts`);
    await expect(rowOf(page, name)).toContainText(words.states[status]);
  }
});

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
    test.setTimeout(120_000);
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
