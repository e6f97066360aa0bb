import type { Page } from "@playwright/test";
import { ask } from "#lib/testing/console/api-client";
import { lendSession } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";
import { readOperations } from "./read-operations.ts";

const PAGES = [
  ["/docs", "overview"],
  ["/docs/requests", "requests"],
  ["/docs/posts", "posts"],
  ["/docs/networks", "networks"],
  ["/docs/errors", "errors"],
  ["/docs/safety", "safety"],
  ["/docs/leaks", "leaks"],
  ["/docs/management", "management"],
  ["/docs/reference", "reference"],
] as const;

const LOOKS = [
  ["en", en, "light"],
  ["zh-TW", zhTw, "dark"],
] as const;

/** What the page's policy blocked, what failed in it, and what it asked of other origins. */
const watch = (page: Page, url: string): string[] => {
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith("data:")) faults.push(request.url());
  });
  return faults;
};

const shownOperations = (page: Page): Promise<string[]> =>
  page
    .locator(".reference-summary")
    .evaluateAll((buttons) =>
      buttons
        .map((button) => [...button.children].slice(0, 2).map((part) => part.textContent))
        .map((pair) => pair.join(" ")),
    );

for (const [locale, text, colorScheme] of LOOKS) {
  test(`every page can be read by anybody, is clean for axe and fits 320 pixels (${locale}, ${colorScheme})`, async ({
    browser,
    server,
  }) => {
    test.setTimeout(300_000);
    const context = await browser.newContext({ locale, colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    const faults = watch(page, server.url);
    for (const [path, name] of PAGES) {
      await page.goto(server.url + path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(text.docs[name].title);
      await expect(page.getByRole("navigation", { name: text.docs.navigation }).locator("[aria-current]")).toHaveText(
        text.docs[name].title,
      );
      if (name === "reference") await openFirstOperation(page);
      for (const summary of await page.locator("main summary").all()) await summary.click();
      faults.push(...(await findFaults(page, path)));
    }
    expect(faults).toEqual([]);
    await context.close();
  });
}

const openFirstOperation = async (page: Page): Promise<void> => {
  const first = page.locator(".reference-summary").first();
  await first.click();
  await expect(first).toHaveAttribute("aria-expanded", "true");
  await page.locator(".reference-summary").nth(1).click();
  await page.getByRole("tab", { name: "Schema" }).first().click();
  await expect(page.getByText("Responses").nth(1)).toBeVisible();
};

test("the reference explains every operation of the document, sends nothing, and asks nothing of other origins", async ({
  page,
  server,
}) => {
  test.setTimeout(300_000);
  const faults = watch(page, server.url);
  await page.goto(`${server.url}/docs/reference`);
  await expect(page.locator(".reference-summary").first()).toBeVisible();
  const operations = (await readOperations(server.url)).map(({ method, path }) => `${method} ${path}`);
  expect((await shownOperations(page)).sort()).toEqual(operations.sort());
  for (const summary of await page.locator(".reference-summary").all()) {
    await summary.click();
    await expect(page.locator(".responses-table")).toHaveCount(1);
    await expect(page.getByRole("button", { name: /try it|execute|authorize/i })).toHaveCount(0);
    await expect(page.locator("main").getByRole("textbox")).toHaveCount(0);
    await summary.click();
    await expect(page.locator(".responses-table")).toHaveCount(0);
  }
  expect(faults).toEqual([]);
});

test("an operation has an address of its own", async ({ page, server }) => {
  await page.goto(`${server.url}/docs/reference`);
  const publish = page.getByRole("button", { name: "POST /v2/posts", exact: false }).first();
  await publish.click();
  await expect(page).toHaveURL(/#.*createPost$/);
  await page.reload();
  await expect(publish).toHaveAttribute("aria-expanded", "true");
});

test("every link to a place in the docs leads to one, from the docs and from Settings", async ({
  page,
  context,
  server,
  user,
}) => {
  await lendSession(context, server.url, user);
  const hrefs = new Set<string>();
  for (const path of [...PAGES.map(([path]) => path), "/settings"]) {
    await page.goto(server.url + path);
    for (const link of await page.locator("a[href]").all()) {
      hrefs.add(await link.evaluate((anchor) => (anchor as HTMLAnchorElement).href));
    }
  }
  const places = [...hrefs].map((href) => new URL(href)).filter(({ pathname }) => pathname.startsWith("/docs"));
  expect(places.length).toBeGreaterThan(30);
  for (const { href, pathname, hash } of places) {
    const { status, text } = await ask(server.url, pathname);
    expect([href, status]).toEqual([href, 200]);
    if (hash) expect(text).toContain(`id="${decodeURIComponent(hash.slice(1))}"`);
  }
});

test("the samples carry this installation's own address, and no page another's", async ({ page, server }) => {
  await page.goto(`${server.url}/docs/requests`);
  for (const summary of await page.locator("main summary").all()) await summary.click();
  const { host } = new URL(server.url);
  const samples = page.locator("main details pre");
  await expect(samples).toHaveCount(4);
  for (const sample of await samples.all()) await expect(sample).toContainText(host);
  for (const [path] of PAGES) {
    const { text } = await ask(server.url, path);
    const addresses = text.match(/https?:\/\/[\w.:-]+/g) ?? [];
    const others = addresses.filter((address) => address !== server.url && !address.includes("w3.org"));
    // The name that is reserved for examples, where somebody else's file is meant.
    expect(others.filter((address) => address !== "https://example.com")).toEqual([]);
  }
});

test("who is signed in keeps their menu, and the header leads everybody here", async ({
  page,
  context,
  server,
  user,
}) => {
  await page.goto(`${server.url}/sign-in`);
  await page.getByRole("link", { name: en.docs.name, exact: true }).click();
  await expect(page).toHaveURL(`${server.url}/docs`);
  await expect(page.getByRole("link", { name: en.header.settings, exact: true })).toHaveCount(0);
  await lendSession(context, server.url, user);
  await page.reload();
  await expect(page.getByRole("button", { name: /user menu/ })).toBeVisible();
  await expect(page.getByRole("link", { name: en.header.settings, exact: true })).toBeVisible();
});

test("no other page loads what shows the reference", async ({ page, context, server, user }) => {
  await lendSession(context, server.url, user);
  let heaviest = 0;
  page.on("response", async (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) {
      heaviest = Math.max(heaviest, (await response.body()).byteLength);
    }
  });
  for (const path of [
    "/settings",
    "/account",
    ...PAGES.map(([path]) => path).filter((path) => !/reference/.test(path)),
  ]) {
    await page.goto(server.url + path, { waitUntil: "networkidle" });
  }
  expect(heaviest).toBeGreaterThan(0);
  expect(heaviest).toBeLessThan(500_000);
  await page.goto(`${server.url}/docs/reference`, { waitUntil: "networkidle" });
  expect(heaviest).toBeGreaterThan(1_000_000);
});
