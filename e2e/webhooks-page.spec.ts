import { tellProblem } from "#lib/problems/tell-problem";
import { lendSession } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./receiver-fixtures.ts";
import { verifyMessage } from "./start-receiver.ts";

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  test(`a webhook is added, tried, looked into, paused and deleted in the console (${locale})`, async ({
    browser,
    server,
    user,
    receiver,
  }) => {
    test.setTimeout(300_000);
    const context = await browser.newContext({ locale, colorScheme: locale === "en" ? "light" : "dark" });
    const page = await context.newPage();
    await lendSession(context, server.url, user);
    const faults: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !/40[049]/.test(message.text())) faults.push(message.text());
    });
    const look = async (place: string) => {
      faults.push(...(await findFaults(page, place)));
    };
    const host = `127.0.0.1:${receiver.port}`;
    const say = (sentence: string, values: Record<string, string>) =>
      sentence.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? "");
    const words = text.webhooks;
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    const dialog = page.getByRole("dialog");

    await page.goto(`${server.url}/settings`);
    await page.getByRole("link", { name: words.link }).click();
    await expect(page.getByText(words.emptyTitle)).toBeVisible();
    await look("no webhook");

    await press(words.add);
    await dialog.getByLabel(words.form.address).fill("http://127.0.0.1/hook");
    await dialog.getByRole("checkbox", { name: /post\.published/ }).uncheck();
    await dialog.getByRole("button", { name: words.form.add, exact: true }).click();
    await expect(dialog.getByText(tellProblem({ code: "address_forbidden", params: {} }, locale))).toBeVisible();
    await look("dialog: add");
    await dialog.getByLabel(words.form.address).fill(receiver.url);
    await dialog.getByRole("button", { name: words.form.add, exact: true }).click();

    const secret = (await dialog.locator("pre").textContent()) ?? "";
    expect(secret).toMatch(/^whsec_/);
    await page.keyboard.press("Escape");
    await expect(dialog.getByText(words.secret.leaving)).toBeVisible();
    await look("dialog: secret");
    await dialog.getByRole("button", { name: words.secret.saved }).click();
    await expect(page.getByText(say(words.wasAdded, { host }))).toBeVisible();
    await expect(page.getByText(words.events.failed)).toBeVisible();
    await expect(page.getByText(words.events.published)).toHaveCount(0);
    expect(await page.content()).not.toContain(secret);

    await press(`${words.test} ${host}`);
    await expect(page.getByText(say(words.arrived, { status: "204" }))).toBeVisible();
    expect(verifyMessage(secret, receiver.messages[0])).toMatchObject({ type: "webhook.test" });
    receiver.answer = { status: 500 };
    await press(`${words.test} ${host}`);
    await expect(page.getByText(say(words.notArrived, { status: "500" }))).toBeVisible();
    await look("a test that failed");

    await page.getByRole("link", { name: `${words.deliveries} ${host}` }).click();
    await page.locator("summary").first().click();
    await expect(page.getByText(say(words.log.answered, { status: "500" }))).toBeVisible();
    await look("deliveries");
    receiver.answer = { status: 200 };
    await press(words.log.replay);
    await expect(page.getByText(say(words.arrived, { status: "200" }))).toBeVisible();
    await expect(page.getByText(say(words.log.answered, { status: "200" }), { exact: true })).toBeVisible();
    expect(receiver.messages[2]?.headers["webhook-id"]).toBe(receiver.messages[1]?.headers["webhook-id"]);
    await page.getByRole("link", { name: words.back }).click();

    await press(`${words.change} ${host}`);
    await look("dialog: change");
    await dialog.getByRole("checkbox", { name: /post\.published/ }).check();
    await dialog.getByRole("button", { name: words.form.save }).click();
    await expect(page.getByText(words.events.published)).toBeVisible();

    await press(`${words.newSecret} ${host}`);
    await look("dialog: new secret");
    await dialog.getByRole("button", { name: words.rotating.rotate }).click();
    await expect(dialog.locator("pre")).toHaveText(/^whsec_/);
    await expect(dialog.locator("pre")).not.toHaveText(secret);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(page.getByText(say(words.wasRotated, { host }))).toBeVisible();

    await press(`${words.disable} ${host}`);
    await expect(page.getByText(words.disabledLead)).toBeVisible();
    await expect(page.getByRole("button", { name: `${words.test} ${host}` })).toHaveCount(0);
    await look("disabled");
    await press(`${words.enable} ${host}`);
    await expect(page.getByText(words.disabledLead)).toHaveCount(0);

    await press(`${words.delete} ${host}`);
    await look("dialog: delete");
    await dialog.getByRole("button", { name: words.delete, exact: true }).click();
    await expect(page.getByText(words.emptyTitle)).toBeVisible();
    await expect(page.getByRole("heading", { name: words.title, exact: true })).toBeFocused();
    expect(faults).toEqual([]);
    await context.close();
  });
}

test("another user's webhook has no page", async ({ browser, server, user, receiver }) => {
  const { json } = await user.ask("/api/webhooks", { json: { url: receiver.url, events: ["post.failed"] } });
  const context = await browser.newContext();
  const page = await context.newPage();
  const places = [`/settings/webhooks/${json.id}`, "/settings/webhooks/1", `/settings/webhooks/${json.id}?page=9`];
  expect((await page.goto(`${server.url}${places[0]}`))?.url()).toContain("/sign-in");
  await lendSession(context, server.url, user);
  expect(
    await Promise.all(places.map(async (place) => (await context.request.get(server.url + place)).status())),
  ).toEqual([200, 404, 404]);
  await context.close();
});
