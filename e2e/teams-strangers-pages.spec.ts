import { randomUUID } from "node:crypto";
import { globSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { findPostgres } from "#lib/testing/postgres/start-postgres";
import { createPerson, createTeam, type Member } from "./team.ts";
import { fillTeam, type WatchedDatabase, watchDatabase } from "./watched-database.ts";

test.setTimeout(240_000);
test.skip(!findPostgres(), "PostgreSQL is not installed here, and the rows of the embedded database cannot be watched");
test.describe.configure({ mode: "default" });

const TEAM = "Nobody else's business";

let db: WatchedDatabase;
let url: string;
let stranger: Member;
let ids: Record<string, string>;

test.beforeAll(async () => {
  db = await watchDatabase();
  ({ url } = await db.startServer());
  const team = await createTeam(url, TEAM);
  stranger = await createPerson(url);
  // Their own organization exists before anything is compared.
  await stranger.ask("/api/keys");
  ({ ids } = await fillTeam(db, team));
});
test.afterAll(() => db?.stop());

/** Every page with an id in its address, also the ones that are still to be written. */
const PAGES = globSync("app/**/page.tsx")
  .map((file) => `/${file.split("/").slice(1, -1).join("/")}`.replaceAll(/\/\([^/]+\)/g, ""))
  .filter((page) => page.includes("["))
  .sort();

/** Pages that are told by a parameter what to show. */
const PARAMETERS = ["/account/invitations?organization=[organizationId]", "/account/security?key_id=[keyId]"];

/** What a page says, in no order, because its parts arrive as they are finished. The ids that it was asked for are left out. */
const open = async (page: string, given: Record<string, string>) => {
  const path = page.replaceAll(/\[(\w+)\]/g, (_, name) => given[name] ?? "");
  const response = await fetch(url + path, { headers: { Cookie: stranger.cookie }, redirect: "manual" });
  const html = await response.text();
  const shown =
    html.replaceAll(/<script.*?<\/script>/gs, "").match(/(?<=>)[^<]+|(?:href|action|value|title)="[^"]*"/g) ?? [];
  const texts = shown.map((text) => Object.values(given).reduce((rest, id) => rest.replaceAll(id, "ID"), text)).sort();
  return { status: response.status, location: response.headers.get("location"), texts, html };
};

test("the pages with an id in their address are known", () => {
  expect(PAGES).toEqual(
    expect.arrayContaining([
      "/account/organizations/[organizationId]",
      "/settings/keys/[keyId]",
      "/sandbox/[accountId]",
    ]),
  );
  for (const page of PAGES) for (const [, name = ""] of page.matchAll(/\[(\w+)\]/g)) expect(ids).toHaveProperty(name);
});

for (const page of [...PAGES, ...PARAMETERS]) {
  test(`${page} of others is the page of an unknown id, and changes nothing`, async () => {
    const before = await db.readTables();
    const unknown = Object.fromEntries(Object.keys(ids).map((name) => [name, randomUUID()]));
    const [{ html: _, ...expected }, { html, ...foreign }] = [await open(page, unknown), await open(page, ids)];
    expect(foreign).toEqual(expected);
    for (const secret of ["Nobody else", "example.com/hook"]) expect(html).not.toContain(secret);
    const upper = Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, id.toUpperCase()]));
    expect((await open(page, upper)).status).toBe(expected.status);
    expect(await db.readTables()).toEqual(before);
  });
}
