import { signInBrowser } from "#lib/testing/console/console-user";
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";

test.use({ locale: "zh-TW" });

const signIn = ["/api/keys.csv", "/api/audit-events.csv", "/accounts/callback?state=x"];
const trouble = ["/api/keys.csv?status=nonsense", "/api/audit-events.csv?from=20261-01-01", "/api/auth/nonsense"];
const failed = [
  "/api/auth/callback/google?state=x&code=y",
  "/api/auth/callback/google",
  "/api/auth/callback/google?error=%00",
  "/api/auth/error?error=%00",
];

test("people who open an address that is no page see a page, in their language", async ({ page, context, server }) => {
  for (const path of signIn) {
    await page.goto(server.url + path);
    await expect(page.getByRole("button", { name: zhTw.signIn.google })).toBeVisible();
  }
  for (const path of failed) {
    await page.goto(server.url + path);
    await expect(page.getByText(zhTw.signIn.errors.Failed)).toBeVisible();
  }
  await signInBrowser(context, server.url);
  for (const path of trouble) {
    await page.goto(server.url + path);
    await expect(page.getByRole("heading", { name: zhTw.failure.title })).toBeVisible();
    await expect(page.getByText(zhTw.failure.reference.replace("{digest}", ""))).toBeVisible();
  }
  for (const query of ["", "?state=%00", "?state=a&state=b", "?code=x&state=%F0%9F", "?error=access_denied&state=x"]) {
    await page.goto(`${server.url}/accounts/callback${query}`);
    await expect(page.getByText(zhTw.accounts.outcomes.stale)).toBeVisible();
  }
});

test("programs get what they got before", async ({ server, user }) => {
  const { status, json } = await user.ask("/api/keys.csv?status=nonsense");
  expect([status, json.error]).toEqual([400, "InvalidRequest"]);
  const response = await fetch(`${server.url}/api/keys.csv`);
  expect([response.status, await response.json()]).toEqual([
    401,
    { error: "Unauthorized", message: "Authentication required" },
  ]);
});
