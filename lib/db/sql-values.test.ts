import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toLiteral } from "#lib/db/sql-values";

let db: PGlite;

beforeAll(async () => {
  db = await PGlite.create("memory://");
});
afterAll(() => db.close());

const ODD = ["", "'", "''; DROP TABLE users; --", '"', "\\", "\\'", "{}", "a,b", "NULL", "$1", "\n", "金鑰🔑"];

test.each(ODD)("the text %j comes back from the database as it was", async (text) => {
  const [result] = await db.exec(`SELECT ${toLiteral(text)}::text AS text, ${toLiteral([text, "x"])}::text[] AS texts`);
  expect(result?.rows).toEqual([{ text, texts: [text, "x"] }]);
});

test("so do bytes, numbers and arrays", async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const [result] = await db.exec(
    `SELECT ${toLiteral([bytes])}::bytea[] AS bytes, ${toLiteral([1.5, -2])}::float8[] AS numbers, ${toLiteral(7)}::int AS number,
            ${toLiteral([])}::uuid[] AS nothing`,
  );
  expect(result?.rows).toEqual([{ bytes: [bytes], numbers: [1.5, -2], number: 7, nothing: [] }]);
});

test.each([undefined, Number.NaN, {}, [null]])("%j is not made a constant", (value) => {
  expect(() => toLiteral(value)).toThrow(TypeError);
});

test("null and truth values are constants, and the text of them is text", () => {
  expect([null, true, false, "NULL"].map(toLiteral)).toEqual(["NULL", "'true'", "'false'", "'NULL'"]);
});
