import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres } from "#lib/db/open-postgres";
import { administrate } from "#lib/db/testing/open-test-postgres";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";

const OPENSSL = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"].find((file) =>
  existsSync(file),
);
const ENCRYPTED = { name: "tls", text: "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()" };

/** An authority, and what it signed: `server` for localhost alone, `client` for the role `certified`. */
const makeCertificates = async (folder: string): Promise<void> => {
  const openssl = (...args: string[]) => execFileSync(OPENSSL ?? "openssl", args, { cwd: folder, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  for (const name of ["ca", "stranger"]) {
    openssl(
      "req",
      "-x509",
      ...key,
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.crt`,
      "-days",
      "2",
      "-subj",
      `/CN=${name}`,
    );
  }
  for (const [name, subject, names] of [
    ["server", "localhost", "DNS:localhost"],
    ["client", "certified", "DNS:certified"],
  ] as const) {
    openssl("req", ...key, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${subject}`);
    await writeFile(path.join(folder, "names"), `subjectAltName=${names}`);
    const signing = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names"];
    openssl("x509", "-req", "-in", `${name}.csr`, "-out", `${name}.crt`, ...signing);
  }
  await chmod(path.join(folder, "server.key"), 0o600);
};

describe.skipIf(!findPostgres() || !OPENSSL)("sslmode is read as libpq reads it", () => {
  let postgres: Postgres;
  let plain: Postgres;
  let files: string;
  let base: string;
  let plainBase: string;

  beforeAll(async () => {
    files = await mkdtemp(path.join(tmpdir(), "boring-certificates-"));
    await makeCertificates(files);
    postgres = await startPostgres({
      settings: { ssl: "on", ssl_cert_file: "../server.crt", ssl_key_file: "../server.key", ssl_ca_file: "../ca.crt" },
      prepare: async (folder) => {
        await makeCertificates(folder);
        for (const name of ["ca.crt", "client.crt", "client.key"]) execFileSync("cp", [path.join(folder, name), files]);
      },
    });
    plain = await startPostgres();
    base = await postgres.createDatabase("encrypted");
    plainBase = await plain.createDatabase("plain");
    // Whoever insists: `sealed` is let in encrypted only, `open` unencrypted only, `certified` with its certificate.
    await administrate(base, "CREATE ROLE sealed LOGIN", "CREATE ROLE open LOGIN", "CREATE ROLE certified LOGIN");
    const rules = [
      "hostssl all sealed all trust",
      "hostnossl all open all trust",
      "hostssl all certified all cert",
      "host all boring all trust",
    ];
    await writeFile(path.join(postgres.folder, "data", "pg_hba.conf"), `${rules.join("\n")}\n`);
    await administrate(base, "SELECT pg_reload_conf()");
  });
  afterAll(async () => {
    await Promise.all([postgres.stop(), plain.stop()]);
    await rm(files, { recursive: true });
  });

  /** Whether what the address leads to is encrypted, or what the operator is told. */
  const ask = async (address: string): Promise<boolean | string> => {
    try {
      const connection = await openPostgres(address);
      const [row] = await connection.query<{ ssl: boolean }>(ENCRYPTED, []);
      await connection.close();
      return row?.ssl ?? "no row";
    } catch (error) {
      return (error as Error).message;
    }
  };
  const address = (given: { role?: string; host?: string; query?: string; server?: string }) => {
    const url = new URL(given.server ?? base);
    url.username = given.role ?? "boring";
    url.hostname = given.host ?? "localhost";
    return `${url.href}${given.query ? `?${given.query.replaceAll("$", files)}` : ""}`;
  };

  test.each([
    ["", true],
    ["sslmode=disable", false],
    ["sslmode=allow", false],
    ["sslmode=prefer", true],
    ["sslmode=require", true],
    ["sslmode=require&sslrootcert=$/ca.crt", true],
    ["sslmode=verify-ca&sslrootcert=$/ca.crt", true],
    ["sslmode=verify-full&sslrootcert=$/ca.crt", true],
  ])("a server with TLS, asked with %j", async (query, isEncrypted) => {
    expect(await ask(address({ query }))).toBe(isEncrypted);
  });

  test("a server without TLS is taken as it is by those modes that allow it", async () => {
    for (const query of ["", "sslmode=disable", "sslmode=allow", "sslmode=prefer"]) {
      expect(await ask(address({ server: plainBase, query })), query).toBe(false);
    }
    for (const query of ["sslmode=require", "sslmode=verify-full&sslrootcert=$/ca.crt"]) {
      expect(await ask(address({ server: plainBase, query })), query).toMatch(/^DATABASE_URL: .*does not support SSL/);
    }
  });

  test("a server that insists on one way is asked again in that way", async () => {
    expect(await ask(address({ role: "sealed", query: "sslmode=allow" }))).toBe(true);
    expect(await ask(address({ role: "sealed" }))).toBe(true);
    expect(await ask(address({ role: "open", query: "sslmode=prefer" }))).toBe(false);
    expect(await ask(address({ role: "sealed", query: "sslmode=disable" }))).toMatch(/^DATABASE_URL: .*28000/);
    expect(await ask(address({ role: "open", query: "sslmode=require" }))).toMatch(/^DATABASE_URL: .*28000/);
  });

  test("a certificate that another authority signed is refused wherever one is named", async () => {
    for (const mode of ["require", "verify-ca", "verify-full"]) {
      const told = await ask(address({ query: `sslmode=${mode}&sslrootcert=$/stranger.crt` }));
      expect(told, mode).toMatch(/^DATABASE_URL: .*(SELF_SIGNED|UNABLE_TO|CERT)/);
    }
    expect(await ask(address({ query: "sslmode=verify-full" }))).toMatch(/^DATABASE_URL: /);
    expect(await ask(address({ query: "sslmode=verify-full&sslrootcert=system" }))).toMatch(/^DATABASE_URL: /);
    expect(await ask(address({ query: "sslmode=verify-ca" }))).toMatch(/^DATABASE_URL: .*sslrootcert/);
  });

  test("verify-full alone asks whose certificate it is", async () => {
    const host = "127.0.0.1";
    expect(await ask(address({ host, query: "sslmode=verify-ca&sslrootcert=$/ca.crt" }))).toBe(true);
    expect(await ask(address({ host, query: "sslmode=verify-full&sslrootcert=$/ca.crt" }))).toMatch(/ALTNAME/);
  });

  test("this side's own certificate is shown to a server that asks for it", async () => {
    const own = "sslcert=$/client.crt&sslkey=$/client.key";
    expect(await ask(address({ role: "certified", query: `sslmode=require&${own}` }))).toBe(true);
    expect(await ask(address({ role: "certified", query: "sslmode=require" }))).toMatch(/^DATABASE_URL: .*28000/);
    expect(await ask(address({ query: "sslmode=verify-ca&sslrootcert=/nowhere.crt" }))).toMatch(
      /sslrootcert= .*ENOENT/,
    );
    expect(await ask(address({ query: "sslmode=sometimes" }))).toMatch(/^DATABASE_URL: sslmode must be one of/);
  });
});
