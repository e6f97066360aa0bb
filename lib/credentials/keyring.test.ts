import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { loadKeyring } from "#lib/credentials/keyring";

const makeDataDir = () => path.join(mkdtempSync(path.join(tmpdir(), "boring-keys-")), "data");
const toText = ({ keyring }: ReturnType<typeof loadKeyring>) =>
  keyring.map(({ id, key }) => ({ id, key: key.export().toString("base64") }));

test("the first start makes a key in a file that only its owner can read, and later starts use the same", () => {
  const dataDir = makeDataDir();
  const made = loadKeyring({ credentialKeys: undefined, dataDir });
  const file = path.join(dataDir, "credential-keys.json");
  expect(made.madeFile).toBe(file);
  expect(made.keyring[0].key.symmetricKeySize).toBe(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const later = loadKeyring({ credentialKeys: undefined, dataDir });
  expect(toText(later)).toEqual(toText(made));
  expect(later.madeFile).toBeUndefined();
  expect(readdirSync(dataDir)).toEqual(["credential-keys.json"]);
  const other = loadKeyring({ credentialKeys: undefined, dataDir: makeDataDir() });
  expect(other.keyring[0].key.equals(made.keyring[0].key)).toBe(false);
  expect(other.keyring[0].id).not.toBe(made.keyring[0].id);
});

test("CREDENTIAL_KEYS wins, in its order, and no file is made", () => {
  const dataDir = makeDataDir();
  const credentialKeys = ["newer", "older"].map((id) => ({ id, key: Buffer.alloc(32, id).toString("base64") }));
  const given = loadKeyring({ credentialKeys, dataDir });
  expect(toText(given)).toEqual(credentialKeys);
  expect(() => readdirSync(dataDir)).toThrow(/ENOENT/);
});

const KEY = "k".repeat(43);

test.each([
  "",
  "{}",
  "nonsense",
  '{"credentialKeys":[]}',
  '{"credentialKeys":[{"id":"a","key":"short"}]}',
  `{"credentialKeys":[{"id":"a","key":"${KEY}"},{"id":"a","key":"${KEY}"}]}`,
])("a damaged file (%j) stops the start and is not replaced", (text) => {
  const dataDir = makeDataDir();
  loadKeyring({ credentialKeys: undefined, dataDir });
  const file = path.join(dataDir, "credential-keys.json");
  writeFileSync(file, text);
  const loading = () => loadKeyring({ credentialKeys: undefined, dataDir });
  expect(loading).toThrow(/credential-keys\.json is not what this program wrote. Restore it/);
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("a data directory that cannot be made stops the start with what would do instead", () => {
  const loading = () => loadKeyring({ credentialKeys: undefined, dataDir: "/dev/null/data" });
  expect(loading).toThrow(/^DATA_DIR.+or set CREDENTIAL_KEYS/);
});
