import { expect, test } from "vitest";
import { describeDevice } from "./describe-device";

const TEXT = { on: "{browser} on {system}", unknownDevice: "Unknown device" };

const describe = (userAgent: string | null) => describeDevice(userAgent, TEXT);

test("common browsers are called what people call them", () => {
  const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
  const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
  expect(describe(`${windows} ${webkit} Chrome/142.0.0.0 Safari/537.36`)).toBe("Chrome on Windows");
  expect(describe(`${windows} ${webkit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`)).toBe("Edge on Windows");
  expect(describe("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")).toBe("Firefox on Linux");
  expect(describe("Mozilla/5.0 (Linux; Android 10; K) Chrome/142.0.0.0 Mobile Safari/537.36")).toBe(
    "Chrome on Android",
  );
  const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
  expect(describe(`${iphone} Version/18.5 Mobile/15E148 Safari/604.1`)).toBe("Safari on iPhone");
});

test("what cannot be recognised is told as it is, but not at any length", () => {
  expect(describe("curl/8.5.0")).toBe("curl/8.5.0");
  expect(describe("x".repeat(500))).toHaveLength(80);
});

test("a device that said nothing is unknown", () => {
  expect(describe(null)).toBe("Unknown device");
  expect(describe("  ")).toBe("Unknown device");
});
