import { readdirSync, readFileSync } from "node:fs";
import { getDefaultAutoSelectFamilyAttemptTimeout } from "node:net";
import { expect, test } from "vitest";
import { environmentSchema } from "#lib/environment-schema";

const NAMES = Object.keys(environmentSchema.shape);

const programs = readdirSync("scripts")
  .filter((name) => name.endsWith(".ts"))
  .map((name) => `scripts/${name}`);

test.each(programs)("%s is prepared before anything else when it opens a database", (program) => {
  const source = readFileSync(program, "utf8");
  if (!/from "#lib\/(?:db\/database|env)"/.test(source)) return;
  expect(/^import .*$/m.exec(source)?.[0]).toBe('import "#lib/server/prepare-process";');
});

test("a server that is far away is waited for", async () => {
  await import("#lib/server/prepare-process");
  expect(getDefaultAutoSelectFamilyAttemptTimeout()).toBeGreaterThanOrEqual(2000);
});

test("the example of a file of settings, and the README, name all settings and no others", () => {
  const example = [...readFileSync(".env.example", "utf8").matchAll(/^# ?([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(example.sort()).toEqual([...NAMES].sort());
  const table = [...readFileSync("README.md", "utf8").matchAll(/^\| (`[A-Z_`, ]+`) \|/gm)];
  const documented = table.flatMap(([, names = ""]) => names.match(/[A-Z_]+/g) ?? []);
  expect(documented.sort()).toEqual([...NAMES, "ENV_FILE"].sort());
});
