import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CredentialError, decryptCredential, encryptCredential } from "#lib/credentials/encrypt-credential";
import { makeTestKey } from "#lib/credentials/testing/test-keyring";

const [older, newer] = [makeTestKey("older"), makeTestKey("newer")];
const PLACE = { rowId: "0199-a", field: "access_token" };
const TOKEN = "a token, 密, 🔑";

const encrypt = () => encryptCredential([older], PLACE, TOKEN);

test("whatever was encrypted is read where it was meant to be", () => {
  const property = fc.property(fc.string(), fc.string(), fc.string(), (rowId, field, token) => {
    const stored = encryptCredential([newer, older], { rowId, field }, token);
    expect(decryptCredential([newer, older], { rowId, field }, stored)).toBe(token);
  });
  fc.assert(property, { examples: [[PLACE.rowId, PLACE.field, TOKEN]] });
});

test("the same credential is never encrypted to the same text, and its key is named", () => {
  const stored = Array.from({ length: 100 }, encrypt);
  expect(new Set(stored.map((text) => text.split(".")[2])).size).toBe(100);
  for (const text of stored) expect(text).toMatch(/^v1\.older\.[\w-]{16}\.[\w-]+$/);
});

test.each([
  { rowId: "0199-b", field: "access_token" },
  { rowId: "0199-a", field: "refresh_token" },
])("what was moved to another place (%j) is not read", (place) => {
  expect(() => decryptCredential([older], place, encrypt())).toThrow(CredentialError);
});

test("a place has one spelling", () => {
  const stored = encryptCredential([older], { rowId: "a", field: "b,c" }, TOKEN);
  expect(() => decryptCredential([older], { rowId: "a,b", field: "c" }, stored)).toThrow(CredentialError);
});

test("a key under another name does not read what it encrypted", () => {
  const renamed = { ...older, id: "renamed" };
  const stored = encrypt().replace(".older.", ".renamed.");
  expect(() => decryptCredential([renamed], PLACE, stored)).toThrow(CredentialError);
});

test("another key under the same name does not read it", () => {
  expect(() => decryptCredential([makeTestKey("older")], PLACE, encrypt())).toThrow(CredentialError);
});

test("a changed character is noticed, wherever it is", () => {
  const stored = encrypt();
  for (const [index, character] of [...stored].entries()) {
    for (const other of ["A", "B", "-", "", `${character}.`, `${character}=`, `${character} `]) {
      if (other === character) continue;
      const changed = stored.slice(0, index) + other + stored.slice(index + 1);
      expect(() => decryptCredential([older], PLACE, changed), changed).toThrow(CredentialError);
    }
  }
});

test.each(["", "v1", "v1.older", "v1.older..", "v2.older.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA", "a token"])(
  "%j is not read",
  (stored) => {
    expect(() => decryptCredential([older], PLACE, stored)).toThrow(CredentialError);
  },
);

test("an authentication tag that was cut short is not accepted", () => {
  const [version, keyId, nonce, sealed = ""] = encryptCredential([older], PLACE, "").split(".");
  const short = Buffer.from(sealed, "base64url").subarray(0, 12).toString("base64url");
  expect(() => decryptCredential([older], PLACE, [version, keyId, nonce, short].join("."))).toThrow(CredentialError);
});

test("after a rotation old and new are read, and without its key the old is named as missing", () => {
  const before = encryptCredential([older], PLACE, "before");
  const after = encryptCredential([newer, older], PLACE, "after");
  expect(decryptCredential([newer, older], PLACE, before)).toBe("before");
  expect(decryptCredential([newer, older], PLACE, after)).toBe("after");
  expect(decryptCredential([newer], PLACE, after)).toBe("after");
  expect(() => decryptCredential([newer], PLACE, before)).toThrow(/key older.+missing/);
});

test("neither an error nor a printed key tells a secret", () => {
  const { key } = makeTestKey("older");
  const secret = key.export();
  for (const shown of [inspect(key), JSON.stringify({ key })]) {
    for (const encoding of ["base64", "base64url", "hex"] as const) {
      expect(shown).not.toContain(secret.toString(encoding));
    }
  }
  expect(() => decryptCredential([older], PLACE, TOKEN)).toThrow(/^(?!.*token)/);
});
