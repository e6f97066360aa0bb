import { signInBrowser } from "#lib/testing/console/console-user";
import { expect, test } from "./fixtures.ts";

// What a page may load before anything is pressed, as compressed as the browser takes it.
const MOST_SCRIPT_BYTES = 120_000;

test("Settings loads at most 120 kB of compressed JavaScript", async ({ page, context, server }) => {
  const user = await signInBrowser(context, server.url);
  await user.generateKey();
  const sizes = new Map<string, number>();
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    expect(response.headers()["content-encoding"], response.url()).toBe("br");
    sizes.set(response.url(), Number(response.headers()["content-length"]));
  });
  await page.goto(`${server.url}/settings`, { waitUntil: "networkidle" });
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(sizes.size).toBeGreaterThan(2);
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
});
