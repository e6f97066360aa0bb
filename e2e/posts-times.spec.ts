import { compose, composing, expect, test, words } from "./posts-fixtures.ts";

test.use({ timezoneId: "Europe/Berlin" });

const scheduledOf = async (user: { ask(path: string): Promise<{ json: unknown }> }) => {
  const { results } = (await user.ask("/api/posts")).json as { results: { scheduled_at: string }[] };
  return results.map((post) => post.scheduled_at);
};

for (const odd of ["20261-01-01T10:00", "275760-09-12T00:00"]) {
  test(`the time ${odd} is answered at its field, and what was written stays`, async ({ signedIn: page, server }) => {
    await page.goto(`${server.url}/posts`);
    const dialog = await compose(page, "Precious");
    await dialog.getByLabel(composing.later).check({ force: true });
    // What older browsers hand over of a year that was typed with five digits.
    await dialog.getByLabel(composing.time).evaluate((field: HTMLInputElement, value) => {
      field.removeAttribute("max");
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, value);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, odd);
    await expect(dialog.getByText(composing.noSuchTime)).toBeVisible();
    await dialog.getByRole("button", { name: composing.schedule, exact: true }).click();
    await expect(dialog.getByLabel(composing.time)).toHaveAttribute("aria-invalid", "true");
    await expect(dialog.getByLabel(composing.text)).toHaveValue("Precious");
  });
}

test("an incomplete time and a day that its month does not have are asked for again", async ({
  signedIn: page,
  server,
}) => {
  await page.goto(`${server.url}/posts`);
  const dialog = await compose(page, "Precious");
  await dialog.getByLabel(composing.later).check({ force: true });
  await dialog.getByLabel(composing.time).focus();
  await page.keyboard.type("02312030");
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: composing.schedule, exact: true }).click();
  await expect(dialog.getByText(composing.chooseTime)).toBeVisible();
});

test("a time that the clocks never show is said to be the one after it, before it is sent", async ({
  signedIn: page,
  server,
  user,
}) => {
  await page.goto(`${server.url}/posts`);
  const dialog = await compose(page, "In the gap");
  await dialog.getByLabel(composing.later).check({ force: true });
  await dialog.getByLabel(composing.time).fill("2027-03-28T02:30");
  await expect(dialog.getByText("2027-03-28 03:30:00 UTC+02:00")).toBeVisible();
  await dialog.getByRole("button", { name: composing.schedule, exact: true }).click();
  await expect(page.getByRole("heading", { name: composing.results.scheduled.title })).toBeVisible();
  expect(await scheduledOf(user)).toEqual(["2027-03-28T01:30:00Z"]);
});

test("of a time that the clocks show twice, the second can be chosen", async ({ signedIn: page, server, user }) => {
  await page.goto(`${server.url}/posts`);
  const dialog = await compose(page, "Again");
  await dialog.getByLabel(composing.later).check({ force: true });
  await dialog.getByLabel(composing.time).fill("2027-10-31T02:30");
  await expect(dialog.getByText("Europe/Berlin, UTC+02:00")).toBeVisible();
  await dialog.getByLabel(composing.second.replace("{zone}", "UTC+01:00")).check({ force: true });
  await expect(dialog.getByText("Europe/Berlin, UTC+01:00")).toBeVisible();
  await dialog.getByRole("button", { name: composing.schedule, exact: true }).click();
  await expect(page.getByRole("heading", { name: composing.results.scheduled.title })).toBeVisible();
  expect(await scheduledOf(user)).toEqual(["2027-10-31T01:30:00Z"]);
  await dialog.getByRole("button", { name: composing.done }).click();
  await expect(page.getByRole("button", { name: words.compose })).toBeVisible();
});
