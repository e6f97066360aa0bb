import en from "../lib/i18n/en.json" with { type: "json" };
import { actionOn, expect, inHours, rowOf, sendPost, test, words } from "./posts-fixtures.ts";
import { connectMastodon, connectReceiver, loseNextPost } from "./test-networks.ts";

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
