import { expect, test } from "vitest";
import { withinTime } from "#lib/networks/within-time";

test("what comes in time is passed on, and what does not is not waited for", async () => {
  expect(await withinTime(10_000, Promise.resolve(1))).toBe(1);
  await expect(withinTime(10_000, Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(withinTime(20, new Promise(() => {}))).rejects.toMatchObject({ reason: "unavailable" });
});
