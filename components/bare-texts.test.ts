import { expect, test } from "vitest";
import { findBareTexts } from "#components/testing/find-bare-texts";

test("no text stands beside something else: what a translator puts in its place takes nothing along", () => {
  expect(findBareTexts("tsconfig.json", (file) => /(?<!node_modules.*)\.tsx$/.test(file))).toEqual([]);
}, 120_000);
