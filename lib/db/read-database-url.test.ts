import { expect, test } from "vitest";
import { readDatabaseUrl } from "#lib/db/read-database-url";

test.each(["p#ss", "p/ss", "p?ss", "12#3", "1/2", "1?2", "a/b@c", "#", "/", "?", "p%/ss"])(
  "the password %j, as it is, is refused by a sentence that says how to write it and does not hold it",
  (password) => {
    const read = () => readDatabaseUrl(`postgresql://boring:${password}@db.example.com/boring`);
    expect(read).toThrow(/^DATABASE_URL .*percent-encoded/);
    try {
      read();
    } catch (error) {
      const told = JSON.stringify([String(error), (error as Error).cause ?? null]);
      if (password.length > 2) expect(told).not.toContain(password);
      expect(told).not.toContain("db.example.com");
    }
  },
);

test.each([
  "postgresql://boring:p%23s%2Fs%3F@db.example.com/boring",
  "postgres://boring@[::1]:5433/boring",
  "postgresql:///boring?host=/var/run/postgresql",
  "postgresql://boring@/boring?host=/var/run/postgresql",
  "postgresql://%2Fvar%2Frun%2Fpostgresql/boring",
  "postgresql://boring:p@ss@db.example.com/boring",
  "postgresql://boring:secret@db.example.com/boring?user=a@b&application_name=x%20y",
])("the address %j is read", (url) => {
  const { connectionString, shown } = readDatabaseUrl(`${url}`);
  expect(connectionString).toContain(url.split("?")[0]);
  expect(shown).not.toMatch(/boring:|secret|p@ss/);
});

test("what it says about encryption is not left to the driver, which reads it otherwise", () => {
  const read = readDatabaseUrl("postgresql://boring@db.example.com/boring?sslmode=require&options=-c%20geqo%3Doff");
  expect(read.connectionString).toBe("postgresql://boring@db.example.com/boring?options=-c%20geqo%3Doff");
  expect(read.tlsAttempts).toMatchObject([{ rejectUnauthorized: false }]);
  expect(readDatabaseUrl("postgresql:///boring?host=/tmp&sslmode=require").tlsAttempts).toEqual([false]);
});
