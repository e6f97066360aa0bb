import { beforeEach, describe, expect, test } from "vitest";
import {
  clearedSessionCookie,
  readSessionToken,
  sessionCookieAttributes,
  sessionCookieName,
} from "#lib/auth/read-visitor";
import { useSettings } from "#lib/testing/process-state";

const HTTPS = { PUBLIC_URL: "https://console.example.com", GOOGLE_CLIENT_ID: "id", GOOGLE_CLIENT_SECRET: "secret" };

describe("over http", () => {
  beforeEach(() => useSettings({}));

  test("the cookie is called session and lasts 30 days", () => {
    expect(sessionCookieName()).toBe("session");
    expect(sessionCookieAttributes()).toEqual({
      httpOnly: true,
      sameSite: "lax",
      path: "/",
      secure: false,
      maxAge: 2_592_000,
    });
  });

  test("it is removed with the attributes that it was set with", () => {
    expect(clearedSessionCookie()).toBe("session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  });

  test("the token is found among other cookies", () => {
    expect(readSessionToken("locale=en; session=abc; other=1")).toBe("abc");
  });

  test.each([null, "", "session=", "sessions=abc", "xsession=abc", "Session=abc", "__Host-session=abc", "session"])(
    "%s holds no token",
    (header) => {
      expect(readSessionToken(header)).toBeUndefined();
    },
  );

  test("two cookies of that name are no token, because one of them was planted", () => {
    expect(readSessionToken("session=mine; session=planted")).toBeUndefined();
  });
});

describe("over https", () => {
  beforeEach(() => useSettings(HTTPS));

  test("the cookie belongs to this very host and never travels in the clear", () => {
    expect(sessionCookieName()).toBe("__Host-session");
    expect(sessionCookieAttributes().secure).toBe(true);
    expect(clearedSessionCookie()).toBe("__Host-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
  });

  test("a cookie without the prefix is not looked at", () => {
    expect(readSessionToken("session=planted; __Host-session=mine")).toBe("mine");
  });
});
