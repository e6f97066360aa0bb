import { expect, test } from "@playwright/test";
import { ask } from "#lib/testing/console/api-client";
import { findPostgres } from "#lib/testing/postgres/start-postgres";
import { createPerson, createTeam, type Member } from "./team.ts";
import { type WatchedDatabase, watchDatabase } from "./watched-database.ts";

test.setTimeout(240_000);
test.skip(!findPostgres(), "PostgreSQL is not installed here, and the rows of the embedded database cannot be watched");
test.describe.configure({ mode: "default" });

let db: WatchedDatabase;
let url: string;
let person: Member;
let id: string;

test.beforeAll(async () => {
  db = await watchDatabase();
  ({ url } = await db.startServer());
  const team = await createTeam(url);
  person = await createPerson(url);
  const json = { email: person.email, role: "member" };
  id = String((await team.owner.ask(`/api/organizations/${team.id}/invitations`, { json })).json.id);
});
test.afterAll(() => db?.stop());

const PREFETCH = { Purpose: "prefetch", "Sec-Purpose": "prefetch", RSC: "1", "Next-Router-Prefetch": "1" };
const WAYS: { method: string; headers?: Record<string, string> }[] = [
  { method: "GET" },
  { method: "HEAD" },
  { method: "GET", headers: PREFETCH },
  { method: "GET", headers: { RSC: "1" } },
  { method: "OPTIONS" },
];

test("a hundred reads and prefetches by the addressee leave every row of every table as it was", async () => {
  const addresses = [`/invitations/${id}`, "/account/invitations", "/api/invitations"].concat(
    ["accept", "decline"].map((act) => `/api/invitations/${id}/${act}`),
  );
  const before = await db.readTables();
  for (let round = 0; round < 4; round++) {
    for (const address of addresses) {
      for (const { method, headers } of WAYS) {
        const { status } = await ask(url, address, { method, headers: { Cookie: person.cookie, ...headers } });
        expect(status, `${method} ${address}`).toBeLessThan(500);
      }
    }
  }
  expect(await db.readTables()).toEqual(before);
});

test("a POST from the page of another origin is refused, and leaves every row as it was", async () => {
  const before = await db.readTables();
  for (const act of ["accept", "decline"]) {
    for (const headers of [
      { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example" },
      { "Sec-Fetch-Site": "same-site" },
      { Origin: "https://evil.example" },
      { Origin: "null" },
    ] as Record<string, string>[]) {
      const { status, json } = await person.ask(`/api/invitations/${id}/${act}`, { method: "POST", headers });
      expect([status, json.error], act).toEqual([403, "Forbidden"]);
    }
  }
  expect(await db.readTables()).toEqual(before);
});
