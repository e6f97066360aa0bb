import { expect, test } from "vitest";
import { readSettings, SettingsError } from "#lib/env";

const GOOGLE = { GOOGLE_CLIENT_ID: "1234.apps.googleusercontent.com", GOOGLE_CLIENT_SECRET: "GOCSPX-1234" };

const KEY = "k".repeat(43);

test.each<[string, Record<string, string>]>([
  ["PORT", { PORT: "http" }],
  ["PORT", { PORT: "0" }],
  ["PORT", { PORT: "65536" }],
  ["PORT", { PORT: "3000.5" }],
  ["HOST", { HOST: "a b" }],
  ["PUBLIC_URL", { PUBLIC_URL: "console.example.com" }],
  ["PUBLIC_URL", { PUBLIC_URL: "https://console.example.com/path" }],
  ["PUBLIC_URL", { PUBLIC_URL: "https://user:pass@console.example.com" }],
  ["PUBLIC_URL", { PUBLIC_URL: "ftp://console.example.com" }],
  ["PUBLIC_URL", { ...GOOGLE, HOST: "0.0.0.0" }],
  ["DATABASE_URL", { DATABASE_URL: "mysql://localhost/boring" }],
  ["GOOGLE_CLIENT_SECRET", { GOOGLE_CLIENT_ID: "1234.apps.googleusercontent.com" }],
  ["GOOGLE_CLIENT_ID", { GOOGLE_CLIENT_SECRET: "GOCSPX-1234" }],
  ["GOOGLE_CLIENT_ID", { HOST: "0.0.0.0", PUBLIC_URL: "http://localhost:3000" }],
  ["GOOGLE_CLIENT_ID", { PUBLIC_URL: "https://console.example.com" }],
  ["GOOGLE_CLIENT_ID", { HOST: "192.0.2.1", PUBLIC_URL: "http://192.0.2.1:3000" }],
  ["GOOGLE_CLIENT_ID", { PUBLIC_URL: "http://localhost.evil.example" }],
  ["AUTH_SECRET", { AUTH_SECRET: "short" }],
  ["TRUSTED_PROXIES", { TRUSTED_PROXIES: "-1" }],
  ["RATE_LIMIT_PER_MINUTE", { RATE_LIMIT_PER_MINUTE: "0" }],
  ["FAILED_AUTH_PER_MINUTE", { FAILED_AUTH_PER_MINUTE: "1e3" }],
  ["USAGE_RETENTION_DAYS", { USAGE_RETENTION_DAYS: "-1" }],
  ["USAGE_RETENTION_DAYS", { USAGE_RETENTION_DAYS: "forever" }],
  ["STAND_IN_PORT", { STAND_IN_PORT: "x" }],
  ["GITHUB_SECRET_SCANNING_KEYS", { GITHUB_SECRET_SCANNING_KEYS: "http://api.github.com/keys" }],
  ["GITHUB_SECRET_SCANNING_KEYS", { GITHUB_SECRET_SCANNING_KEYS: "file:///etc/keys.json" }],
  ...["127.0.0.1", "*:80", "a:0", "a:65536", "a:80,", "http://a:80", "a:80/b", "u@a:80", "a b:80", "[::g]:80"].map(
    (hosts) => ["OUTBOUND_ALLOWED_HOSTS", { OUTBOUND_ALLOWED_HOSTS: hosts }] as [string, Record<string, string>],
  ),
  ...[
    "mail.example",
    "http://mail.example",
    "smtp://",
    "smtp://a@mail.example",
    "smtp://m.example/x",
    "smtp://a:%@m",
  ].map((url) => ["SMTP_URL", { SMTP_URL: url, MAIL_FROM: "a@b.example" }] as [string, Record<string, string>]),
  ["MAIL_FROM", { MAIL_FROM: "nobody" }],
  ...[
    "1",
    `a:${"k".repeat(42)}`,
    `a:${"k".repeat(45)}`,
    `:${KEY}`,
    KEY,
    `a.b:${KEY}`,
    `a:${KEY},a:${KEY}`,
    `a:${KEY},`,
  ].map((keys) => ["CREDENTIAL_KEYS", { CREDENTIAL_KEYS: keys }] as [string, Record<string, string>]),
  ["LOG_LEVEL", { LOG_LEVEL: "loud" }],
])("%s in %j is refused with a sentence that names it and an example", (name, environment) => {
  expect(() => readSettings(environment)).toThrow(SettingsError);
  expect(() => readSettings(environment)).toThrow(new RegExp(`${name}.+(for example|https://|openssl)`));
});

test("every problem is told at once", () => {
  expect(() => readSettings({ PORT: "x", LOG_LEVEL: "loud" })).toThrow(/PORT.+\n.*LOG_LEVEL/);
});
