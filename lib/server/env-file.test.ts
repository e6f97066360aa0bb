import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadEnvFile } from "#lib/server/prepare-process";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "boring-env-"));
  file = path.join(folder, ".env");
  for (const name of ["ONE", "TWO", "THREE", "FOUR", "FIVE"]) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const load = (text: string | Buffer) => {
  writeFileSync(file, text);
  return loadEnvFile(file);
};

test("all settings of the file are in the environment then, and it is said which", () => {
  const told = load(
    "\uFEFFONE=1\r\n\r\n# a comment\r\nexport TWO = two # and one here\r\nTHREE=\"th#ree 'three'\"\r\nFOUR='\"'\r\nFIVE=\r\n",
  );
  expect(process.env).toMatchObject({ ONE: "1", TWO: "two", THREE: "th#ree 'three'", FOUR: '"', FIVE: "" });
  expect(told).toBe(`Settings were read from ${file}: FIVE, FOUR, ONE, THREE, TWO.`);
});

test("the environment goes first, unless it says nothing", () => {
  vi.stubEnv("ONE", "environment");
  vi.stubEnv("TWO", "");
  const told = load("ONE=file\nTWO=file\n");
  expect(process.env).toMatchObject({ ONE: "environment", TWO: "file" });
  expect(told).toBe(`Settings were read from ${file}: TWO; 1 more are set in the environment, which goes first.`);
});

test("a file that was named has to be there, and an empty one says nothing", () => {
  expect(() => loadEnvFile(file)).toThrow(`${file} cannot be read (ENOENT).`);
  expect(loadEnvFile(devNull)).toBe(undefined);
});

test.each([
  ["a line that sets nothing", "ONE=1\nTWO 2\n", 2],
  ["a colon", "ONE: 1\n", 1],
  ["a quotation mark that is not closed on its line", 'ONE="1\nTWO=2\nTHREE="3"\n', 1],
  ["a value of two lines", 'ONE="1\n2"\n', 1],
  ["something behind the quotation marks", 'ONE="1"2\n', 1],
  ["a number sign inside of a value", "ONE=1\nTWO=pass#word\n", 2],
  ["another encoding", Buffer.from("ONE=1\n", "utf16le"), 1],
])("with %s nothing of it is read, and the line is named", (_what, text, line) => {
  expect(() => load(text)).toThrow(`${file}: line ${line} is not NAME=value.`);
  expect(process.env.ONE).toBe(undefined);
});

test("what Node has read before is refused", () => {
  expect(() => load("ONE=1\nNODE_EXTRA_CA_CERTS=/x\n")).toThrow(`${file}: NODE_EXTRA_CA_CERTS is read before`);
  expect(process.env.ONE).toBe(undefined);
});

test("what cannot be read is named", () => {
  mkdirSync(file);
  expect(() => loadEnvFile(file)).toThrow(`${file} cannot be read (EISDIR).`);
});
