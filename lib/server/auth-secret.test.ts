import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadSecrets } from "#lib/server/prepare-process";

const makeDataDir = () => {
  const folder = mkdtempSync(path.join(tmpdir(), "boring-secrets-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return path.join(folder, "data");
};
const given = "g".repeat(32);

test("the first start makes a secret in a file that only its owner can read, and later starts use the same", () => {
  const dataDir = makeDataDir();
  const made = loadSecrets({ authSecret: undefined, dataDir });
  expect(made.authSecret).toMatch(/^[\w-]{43}$/);
  expect(made.madeFile).toBe(path.join(dataDir, "secrets.json"));
  expect(statSync(path.join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(loadSecrets({ authSecret: undefined, dataDir })).toEqual({ ...made, madeFile: undefined });
  expect(readdirSync(dataDir)).toEqual(["secrets.json"]);
});

test("AUTH_SECRET wins and leaves the file as it is", () => {
  const dataDir = makeDataDir();
  loadSecrets({ authSecret: undefined, dataDir });
  const file = path.join(dataDir, "secrets.json");
  const before = readFileSync(file, "utf8");
  expect(loadSecrets({ authSecret: given, dataDir })).toEqual({ authSecret: given, madeFile: undefined });
  expect(readFileSync(file, "utf8")).toBe(before);
});

test.each(["", "{}", "nonsense", '{"authSecret":"short"}'])(
  "a damaged file (%j) stops the start and is not replaced",
  (text) => {
    const dataDir = makeDataDir();
    loadSecrets({ authSecret: undefined, dataDir });
    const file = path.join(dataDir, "secrets.json");
    writeFileSync(file, text);
    expect(() => loadSecrets({ authSecret: undefined, dataDir })).toThrow(
      /secrets\.json is not what this program wrote/,
    );
    expect(readFileSync(file, "utf8")).toBe(text);
  },
);

test("a data directory that cannot be made stops the start with its name", () => {
  expect(() => loadSecrets({ authSecret: undefined, dataDir: "/dev/null/data" })).toThrow(/^DATA_DIR/);
});
