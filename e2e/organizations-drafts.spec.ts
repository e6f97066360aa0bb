import { lendSession } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { createOrganization, select } from "./organization-fixtures.ts";
import { expect, test } from "./receiver-fixtures.ts";

test("a kept draft is offered only in the organization in which it was written", async ({
  page,
  context,
  server,
  user,
}) => {
  const [one, two] = [await createOrganization(user, "First Team"), await createOrganization(user, "Second Team")];
  await select(user, one);
  await lendSession(context, server.url, user);
  await page.goto(`${server.url}/posts`);
  await page.getByRole("button", { name: en.posts.compose }).click();
  await page.getByLabel(en.compose.text).fill("Half a thought");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: en.compose.keep }).click();
  await expect(page.getByText(en.posts.unsent)).toBeVisible();
  await select(user, two);
  await page.goto(`${server.url}/posts`);
  await expect(page.getByRole("button", { name: en.posts.compose })).toBeVisible();
  await expect(page.getByText(en.posts.unsent)).toHaveCount(0);
  await select(user, one);
  await page.goto(`${server.url}/posts`);
  await expect(page.getByText(en.posts.unsent)).toBeVisible();
});
