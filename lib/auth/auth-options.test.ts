import { afterEach, expect, test, vi } from "vitest";
import { authLogger } from "#lib/auth/auth-options";
import { log } from "#lib/log";

vi.mock("#lib/log", async (original) => ({ ...(await original<object>()), log: vi.fn() }));

afterEach(() => {
  vi.mocked(log).mockClear();
});

const written = () => JSON.stringify(vi.mocked(log).mock.calls);

test("of an error only its name and message are written", () => {
  const error = Object.assign(new Error("state mismatch"), { name: "OAuthCallbackError", jwt: "a-token" });
  authLogger.error?.("OAUTH_CALLBACK_ERROR", { error, OAuthProfile: { email: "ada@example.com" }, tokens: "a-token" });
  expect(vi.mocked(log)).toHaveBeenCalledExactlyOnceWith("warn", "Sign-in: OAUTH_CALLBACK_ERROR", {
    errorName: "OAuthCallbackError",
    errorMessage: "state mismatch",
  });
  expect(written()).not.toMatch(/a-token|ada@example/);
});

test("an error is written the same when it comes alone", () => {
  authLogger.error?.("adapter_error_createUser", new Error("no database"));
  expect(written()).toContain("no database");
});

test("a message is one line of bounded length, whatever a visitor made of it", () => {
  authLogger.error?.("X", new Error(`a\nb${" x".repeat(5000)}`));
  const [, , fields] = vi.mocked(log).mock.calls[0] ?? [];
  expect(fields?.errorMessage).toMatch(/^a b( x){148} $/);
});

test("a state or a nonce is not written", () => {
  const state = "GJ5mxEKxk2jrix6LRFJD1wYF4LegB5OBGIkBjc6J_U8";
  authLogger.error?.("X", new Error(`state mismatch, expected ${state}, got: other`));
  expect(written()).toContain("state mismatch, expected [removed], got: other");
});

test("an e-mail address or Google's number of an account is not written", () => {
  authLogger.error?.("X", new Error("no row for (https://accounts.google.com, 112233445566778899001), <Ada@firm.tld>"));
  expect(written()).toContain("no row for (https://accounts.google.com, [removed]), <[removed]>");
});

test("what next-auth says for debugging is not written at all", () => {
  authLogger.debug?.("PROFILE_DATA", { OAuthProfile: { email: "ada@example.com" } });
  expect(written()).toBe("[]");
});
