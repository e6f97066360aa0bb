import type { Locator } from "@playwright/test";
import en from "../lib/i18n/en.json" with { type: "json" };
import { compose, composing, expect, rowOf, sendPost, test } from "./posts-fixtures.ts";

const directionOf = (place: Locator) => place.evaluate((element) => getComputedStyle(element).direction);

test("Hebrew and Arabic are read from the right where they are written and where they are shown", async ({
  signedIn: page,
  server,
  user,
}) => {
  const text = "שלום עולם, זה פוסט!";
  await sendPost(user, { text });
  await page.goto(`${server.url}/posts`);
  expect(await directionOf(rowOf(page, text).getByText(text).first())).toBe("rtl");
  const dialog = await compose(page, "مرحبا بالعالم 123");
  expect(await directionOf(dialog.getByLabel(composing.text))).toBe("rtl");
  await dialog.getByLabel(composing.text).fill("Hello, عالم");
  expect(await directionOf(dialog.getByLabel(composing.text))).toBe("ltr");
});

test("a name that is read from the right leaves the sentence around it as it is", async ({
  signedIn: page,
  server,
  user,
}) => {
  await user.generateKey("מפתח (ראשי) 1");
  await page.goto(`${server.url}/settings`);
  const name = page.getByRole("link", { name: "מפתח (ראשי) 1" });
  expect(await directionOf(name.locator("bdi"))).toBe("rtl");
  expect(await directionOf(name)).toBe("ltr");
  await page.getByRole("button", { name: `${en.keys.delete} מפתח (ראשי) 1` }).click();
  const title = en.deleteKey.title.replace("{name}", "\u2068מפתח (ראשי) 1\u2069");
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
});
