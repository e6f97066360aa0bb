import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";

const LANGUAGES = {
  "en-US": {
    signIn: "Sign in with Google",
    email: "E-mail address",
    go: "Continue",
    cancel: "Cancel",
    error: "Enter an e-mail address",
  },
  "zh-TW": {
    signIn: "使用 Google 登入",
    email: "電子郵件地址",
    go: "繼續",
    cancel: "取消",
    error: "請輸入電子郵件地址",
  },
};

for (const [locale, say] of Object.entries(LANGUAGES)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme, viewport: { width: 320, height: 640 } });

      test("the page to choose a person on is accessible and fits a small phone", async ({ page, server }) => {
        await page.goto(`${server.url}/sign-in`);
        await page.getByRole("button", { name: say.signIn }).click();
        await expect(page).toHaveURL(new RegExp(`^http://127.0.0.1:${server.standInPort}/choose/`));
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        await page.getByLabel(say.email).fill("nonsense");
        await page.getByRole("button", { name: say.go }).click();
        await expect(page.getByText(say.error)).toBeVisible();
        await expect(page.getByLabel(say.email)).toBeFocused();
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
        await page.getByRole("button", { name: say.cancel }).click();
        await expect(page).toHaveURL(`${server.url}/sign-in?error=Cancelled`);
      });
    });
  }
}

test("choosing somebody, and later somebody else, signs each of them in", async ({ page, server, context }) => {
  for (const [name, email] of [
    ["Ada Chen", "ada@example.com"],
    ["Ben Lin", "ben@example.com"],
  ]) {
    await page.goto(`${server.url}/sign-in?callbackUrl=/account`);
    await page.getByRole("button", { name: LANGUAGES["en-US"].signIn }).click();
    await page.getByRole("button", { name }).click();
    await expect(page).toHaveURL(`${server.url}/account`);
    await expect(page.getByRole("main")).toContainText(email ?? "");
    await context.clearCookies({ name: "session" });
  }
});

test("the stand-in never gets to see the console's session", async ({ page, server }) => {
  const cookies: (string | undefined)[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`http://127.0.0.1:${server.standInPort}/`)) return;
    cookies.push(request.headers().cookie);
  });
  await page.context().addCookies([{ name: "session", value: "a-token", url: server.url }]);
  await page.goto(`${server.url}/sign-in`);
  await page.getByRole("button", { name: LANGUAGES["en-US"].signIn }).click();
  await page.getByRole("button", { name: "Ada Chen" }).click();
  await expect(page).toHaveURL(`${server.url}/settings`);
  expect(cookies.length).toBeGreaterThan(1);
  expect(cookies.join()).not.toContain("a-token");
});
