import { expect, test } from "vitest";
import { cleanHeaders } from "#lib/server/check-request";
import { publicOrigin } from "#lib/server/client-address";

const origin = publicOrigin({ publicUrl: "https://console.example.com", publicUrlIsSet: true });

test("what callers claim about forwarding, and Next's signals to itself, are replaced by what is known", () => {
  const headers: Record<string, string> = { host: "evil.example", accept: "*/*", cookie: "session=1", rsc: "1" };
  const forged = [
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "forwarded",
    "x-real-ip",
    "x-client-ip",
    "cf-connecting-ip",
    "true-client-ip",
    "x-original-url",
    "x-rewrite-url",
    "x-middleware-subrequest",
    "x-nextjs-data",
    "x-now-route-matches",
    "x-matched-path",
    "x-action-forwarded",
    "next-action",
    "next-resume",
    "content-security-policy",
    "content-security-policy-report-only",
  ];
  for (const name of forged) headers[name] = "forged";
  cleanHeaders(headers, "192.0.2.1", origin);
  expect(headers).toEqual({
    accept: "*/*",
    cookie: "session=1",
    rsc: "1",
    host: "console.example.com",
    "x-forwarded-for": "192.0.2.1",
    "x-forwarded-host": "console.example.com",
    "x-forwarded-port": "443",
    "x-forwarded-proto": "https",
  });
});
