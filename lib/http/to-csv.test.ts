import { expect, test } from "vitest";
import { toCsv } from "#lib/http/to-csv";

test("what a spreadsheet would take for a formula becomes text", () => {
  for (const start of ["=", "+", "-", "@", "\t", "＝"]) {
    expect(toCsv([[`${start}cmd()`, "x"]])).toBe(`\ufeff'${start}cmd(),x\r\n`);
  }
  expect(toCsv([["\rcmd()"]])).toBe(`\ufeff"'\rcmd()"\r\n`);
});

test("commas, quotes and line breaks stay inside their cell", () => {
  expect(toCsv([['a "b", c', "d\ne", ""], ["金鑰"]])).toBe('\ufeff"a ""b"", c","d\ne",\r\n金鑰\r\n');
});
