import { beforeAll, expect, test } from "vitest";
import { readVisitor } from "#lib/auth/read-visitor";
import { useSettings } from "#lib/testing/process-state";

beforeAll(() => {
  useSettings();
});

const read = (headers: Record<string, string>) => readVisitor(new Headers(headers));

test("the browser, its address and the session that it brought along are known", () => {
  const headers = { "user-agent": "Firefox", "x-forwarded-for": "2001:db8::1", cookie: "session=abc" };
  expect(read(headers)).toEqual({ userAgent: "Firefox", ipAddress: "2001:db8::1", previousToken: "abc" });
});

test("a browser that says nothing is nobody in particular", () => {
  expect(read({ "user-agent": "" })).toEqual({ userAgent: null, ipAddress: null, previousToken: undefined });
});

test("of a long user agent 400 characters are kept", () => {
  expect(read({ "user-agent": "x".repeat(1000) }).userAgent).toHaveLength(400);
});

test.each(["192.0.2.1, 192.0.2.2", "unknown", "<script>"])("%s is no address", (address) => {
  expect(read({ "x-forwarded-for": address }).ipAddress).toBeNull();
});
