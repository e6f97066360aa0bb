import { expect, test } from "vitest";
import { readSettings } from "#lib/env";
import { securityHeaders } from "#lib/server/refuse";

const google = { GOOGLE_CLIENT_ID: "id", GOOGLE_CLIENT_SECRET: "secret" };
const directive = (policy: string, name: string) => policy.split("; ").find((part) => part.startsWith(`${name} `));

test("a page's scripts and styles need a nonce that no other page has", () => {
  const { pagePolicy } = securityHeaders(readSettings({}), false);
  const [first, second] = [pagePolicy(), pagePolicy()];
  expect(directive(first, "script-src")).toMatch(/^script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'$/);
  expect(first).not.toContain("unsafe");
  expect(first).not.toBe(second);
});

test("forms may lead to the identity provider in use and nowhere else", () => {
  const standIn = securityHeaders(readSettings({ PORT: "4000", STAND_IN_PORT: "4001" }), false);
  expect(directive(standIn.pagePolicy(), "form-action")).toBe("form-action 'self' http://127.0.0.1:4001");
  const real = securityHeaders(readSettings(google), false);
  expect(directive(real.pagePolicy(), "form-action")).toBe("form-action 'self' https://accounts.google.com");
});

test("HSTS is sent over https alone", () => {
  const names = (publicUrl: string) =>
    securityHeaders(readSettings({ ...google, PUBLIC_URL: publicUrl }), false).common.map(([name]) => name);
  expect(names("https://console.example.com")).toContain("Strict-Transport-Security");
  expect(names("http://console.example.com")).not.toContain("Strict-Transport-Security");
});
