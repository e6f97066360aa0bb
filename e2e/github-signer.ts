import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ask } from "#lib/testing/console/api-client";
import type { Answer } from "#lib/testing/console/expect-documented";

/** A public key as GitHub publishes it, and its name. */
type PublishedKey = { id: string; key: string };
type Signer = PublishedKey & { privateKey: KeyObject };

/** A key pair such as GitHub signs its reports with. */
export const createSigner = (id: string): Signer => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { id, key: publicKey.export({ type: "spki", format: "pem" }).toString(), privateKey };
};

/** The headers of a report whose body the signer has signed. */
export const signedBy = ({ id, privateKey }: Signer, body: string): Record<string, string> => ({
  "Content-Type": "application/json",
  "Github-Public-Key-Identifier": id,
  "Github-Public-Key-Signature": sign("sha256", Buffer.from(body), privateKey).toString("base64"),
});

/** Sends what GitHub's secret scanning would. */
export const report = (url: string, body: string, headers: Record<string, string>): Promise<Answer> =>
  ask(url, "/v2/secret-scanning/github", { body, headers });

/** The document in which GitHub publishes its keys. */
export const toPublishedKeys = (keys: PublishedKey[]): string =>
  JSON.stringify({ public_keys: keys.map(({ id, key }) => ({ key_identifier: id, key, is_current: true })) });

/** A file that stands for that document, for as long as the test process lasts. */
export const createKeysFile = (keys: PublishedKey[]) => {
  const folder = mkdtempSync(path.join(tmpdir(), "boring-github-keys-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "keys.json");
  const publish = (published: PublishedKey[]) => writeFileSync(file, toPublishedKeys(published));
  publish(keys);
  return { path: file, publish };
};
