import { describe, expect, test } from "vitest";
import { readSettings, SettingsError } from "#lib/env";

const GOOGLE = { GOOGLE_CLIENT_ID: "1234.apps.googleusercontent.com", GOOGLE_CLIENT_SECRET: "GOCSPX-1234" };

const KEY = "k".repeat(43);

describe("settings", () => {
  test("nothing configured is a laptop with the stand-in", () => {
    expect(readSettings({})).toMatchObject({
      host: "127.0.0.1",
      port: 3000,
      publicUrl: "http://localhost:3000",
      publicUrlIsSet: false,
      databaseUrl: undefined,
      google: undefined,
      allowedSignIns: undefined,
      standInPort: 3001,
      trustedProxies: 0,
      rateLimitPerMinute: 600,
      failedAuthPerMinute: 30,
      usageRetentionDays: 30,
      outboundAllowedHosts: [],
      environment: undefined,
      securityContact: undefined,
      credentialKeys: undefined,
    });
  });

  test("a port that goes without saying is not said", () => {
    expect(readSettings({ PORT: "80" }).publicUrl).toBe("http://localhost");
  });

  test("the empty string means unset", () => {
    expect(readSettings({ PORT: "", PUBLIC_URL: "", GOOGLE_CLIENT_ID: "", DATABASE_URL: "" })).toEqual(
      readSettings({}),
    );
  });

  test.each(["https://keys.example.com/k", "http://127.0.0.1:4000/k", "keys.json", "/etc/boring/keys.json"])(
    "GitHub's keys may come from %s",
    (place) => {
      const { githubSecretScanningKeys } = readSettings({ GITHUB_SECRET_SCANNING_KEYS: place });
      expect(githubSecretScanningKeys).toBe(place);
    },
  );

  test("what pasting and files of settings leave around a value is not part of it", () => {
    const given = {
      GOOGLE_CLIENT_ID: `${GOOGLE.GOOGLE_CLIENT_ID}\n`,
      GOOGLE_CLIENT_SECRET: ` '${GOOGLE.GOOGLE_CLIENT_SECRET}'\r\n`,
      DATA_DIR: '"/data"',
      CREDENTIAL_KEYS: `"a:${KEY}"\n`,
      PORT: "\u00a08080\uFEFF",
    };
    expect(readSettings(given)).toMatchObject({
      google: { clientId: GOOGLE.GOOGLE_CLIENT_ID, clientSecret: GOOGLE.GOOGLE_CLIENT_SECRET },
      dataDir: "/data",
      credentialKeys: [{ id: "a", key: KEY }],
      port: 8080,
    });
    expect(readSettings({ DATA_DIR: '""', PORT: " \n" })).toEqual(readSettings({}));
  });

  test.each([
    ["DATA_DIR", '"/data'],
    ["DATA_DIR", "/da\nta"],
    ["DATA_DIR", "\u201c/data\u201d"],
    ["DATA_DIR", "/data\u200b"],
    ["DATA_DIR", "~/data"],
    ["DATA_DIR", "$HOME/data"],
    ["AUTH_SECRET", `${"k".repeat(40)}\n${"k".repeat(40)}`],
    ["GOOGLE_CLIENT_ID", "1234.apps. googleusercontent.com"],
    ["GOOGLE_CLIENT_SECRET", "GOCSPX-1234'"],
    ["GITHUB_SECRET_SCANNING_KEYS", "keys\u202e.json"],
    ["KEEP_ALIVE_SECONDS", "2m"],
  ])("%s=%j is refused by name, and not repeated", (name, value) => {
    const read = () => readSettings({ ...GOOGLE, [name]: value });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(new RegExp(`^${name} `));
  });

  test("keys are kept in the order in which they are given", () => {
    const given = { CREDENTIAL_KEYS: `2026-11:${KEY}=, old_1:/+${"k".repeat(41)}` };
    expect(readSettings(given).credentialKeys).toEqual([
      { id: "2026-11", key: `${KEY}=` },
      { id: "old_1", key: `/+${"k".repeat(41)}` },
    ]);
  });

  test("a sentence about a malformed key does not repeat it", () => {
    expect(() => readSettings({ CREDENTIAL_KEYS: "a:secret" })).toThrow(/^(?!.*secret)/);
  });

  test("hosts that are allowed are kept as addresses spell them", () => {
    const given = { OUTBOUND_ALLOWED_HOSTS: "127.0.0.1:8080, PDS.internal:443,[0:0:0:0:0:0:0:1]:080" };
    expect(readSettings(given).outboundAllowedHosts).toEqual(["127.0.0.1:8080", "pds.internal:443", "[::1]:80"]);
  });

  test("a mail server is read with its login, and the port that its scheme has", () => {
    const MAIL_FROM = "Boring <a@b.example>";
    const read = (SMTP_URL: string) => readSettings({ SMTP_URL, MAIL_FROM }).mail;
    expect(read("smtp://ada%40x:p%3As@mail.example")).toEqual({
      server: { host: "mail.example", port: 587, secure: false, login: { user: "ada@x", pass: "p:s" } },
      from: MAIL_FROM,
    });
    expect(read("smtps://[::1]/")?.server).toEqual({ host: "::1", port: 465, secure: true, login: undefined });
    expect(readSettings({ MAIL_FROM }).mail).toBeUndefined();
    expect(() => readSettings({ SMTP_URL: "smtp://mail.example" })).toThrow(/^MAIL_FROM is missing/);
  });

  test("who may sign in is kept as it is compared", () => {
    const ALLOWED_SIGN_INS = " Example.com, a.d.a@googlemail.com,BÜRO.tld ,example.com,Ada@gmail.com, Bob@Firm.tld";
    expect(readSettings({ ALLOWED_SIGN_INS }).allowedSignIns).toEqual({
      domains: new Set(["example.com", "xn--bro-hoa.tld"]),
      addresses: new Set(["ada@gmail.com", "bob@firm.tld"]),
    });
  });

  test.each([
    ["@example.com", 'the entry "@example.com" begins with @, but a domain stands alone.'],
    ["*.example.com", 'the entry "*.example.com" has a *, but each domain is written in full.'],
    ["*", 'the entry "*" has a *, but each domain is written in full.'],
    ["https://example.com", 'the entry "https://example.com" is an address of a page, but a domain stands alone.'],
    ["example.com/", 'the entry "example.com/" is an address of a page, but a domain stands alone.'],
    ["ada@gmail.com,,example.com", "an entry is empty."],
    ["example.com,", "an entry is empty."],
    [",", "an entry is empty."],
    ["example.com ada@gmail.com", 'the entry "example.com ada@gmail.com" is not an e-mail address.'],
    ["example.com;firm.tld", 'the entry "example.com;firm.tld" is not a domain.'],
    ["a@b@example.com", 'the entry "a@b@example.com" is not an e-mail address.'],
    ["localhost", 'the entry "localhost" is not a domain.'],
    ["192.0.2.1", 'the entry "192.0.2.1" is not a domain.'],
    ["Gmail.com", 'the entry "gmail.com" lets nobody in, because ordinary Google accounts belong to no domain.'],
  ])("ALLOWED_SIGN_INS=%j is refused: %s", (ALLOWED_SIGN_INS, problem) => {
    const rule =
      "ALLOWED_SIGN_INS must be domains and e-mail addresses with one comma between, for example ALLOWED_SIGN_INS=example.com,ada@gmail.com";
    expect(() => readSettings({ ALLOWED_SIGN_INS })).toThrow(new SettingsError(`${rule}; ${problem}`));
  });

  test("each malformed entry of ALLOWED_SIGN_INS is named", () => {
    const read = () => readSettings({ ALLOWED_SIGN_INS: "@one.tld,firm.tld,*.two.tld" });
    expect(read).toThrow(/"@one\.tld".*\n.*"\*\.two\.tld"/);
  });

  test("a public address needs Google, and has it", () => {
    const given = { ...GOOGLE, HOST: "0.0.0.0", PUBLIC_URL: "https://console.example.com/" };
    expect(readSettings(given)).toMatchObject({
      publicUrl: "https://console.example.com",
      google: { clientSecret: "GOCSPX-1234" },
    });
  });
});
