import { afterEach, expect, test, vi } from "vitest";
import { toLocalTime, toUtcTime } from "./format-time";

const AT = "2025-01-15T20:30:00Z";

afterEach(() => void vi.unstubAllEnvs());

test("a moment is told exactly, in UTC and where the reader is", () => {
  vi.stubEnv("TZ", "Asia/Taipei");
  expect(toUtcTime(AT)).toBe("2025-01-15 20:30:00 UTC");
  expect(toLocalTime(AT)).toBe("2025-01-16 04:30:00 UTC+08:00");
});

test("zones behind UTC and between the hours are told with sign and minutes", () => {
  vi.stubEnv("TZ", "America/St_Johns");
  expect(toLocalTime(AT)).toBe("2025-01-15 17:00:00 UTC-03:30");
});

test("where local time is UTC both are the same", () => {
  vi.stubEnv("TZ", "UTC");
  expect(toLocalTime(AT)).toBe(toUtcTime(AT));
});
