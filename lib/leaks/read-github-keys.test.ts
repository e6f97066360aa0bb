import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeDatabase, useMemoryDatabase } from "#lib/db/database";
import { githubKeys, verifyGithubSignature } from "#lib/leaks/read-github-keys";

const folder = mkdtempSync(path.join(tmpdir(), "boring-github-keys-"));
const file = path.join(folder, "keys.json");
let addresses = 0;

beforeAll(async () => {
  vi.stubEnv("GITHUB_SECRET_SCANNING_KEYS", file);
  await useMemoryDatabase();
});
afterAll(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true });
});

type Published = { key_identifier: string; key: string; is_current: boolean };

const publish = (...keys: Published[]) => writeFileSync(file, JSON.stringify({ public_keys: keys }));

const createSigner = (id: string, namedCurve = "P-256") => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve });
  const key = publicKey.export({ type: "spki", format: "pem" }).toString();
  const published: Published = { key_identifier: id, key, is_current: true };
  const claim = (text: string) => ({
    keyIdentifier: id,
    signature: sign("sha256", Buffer.from(text), privateKey).toString("base64"),
    address: `192.0.2.${addresses++}`,
  });
  return { published, claim };
};

const check = (text: string, claim: Parameters<typeof verifyGithubSignature>[1]) =>
  verifyGithubSignature(Buffer.from(text), claim);

// The request that GitHub's documentation shows, and the key that it was signed with.
const DOCUMENTED = {
  body: '[{"source":"commit","token":"some_token","type":"some_type","url":"https://example.com/base-repo-url/"}]',
  claim: {
    keyIdentifier: "bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c",
    signature: "MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==",
    address: "192.0.2.250",
  },
  published: {
    key_identifier: "bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c",
    key: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd\nAjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==\n-----END PUBLIC KEY-----\n",
    is_current: true,
  },
};

test("the request of GitHub's documentation is accepted, and not with one byte changed", async () => {
  publish(DOCUMENTED.published);
  githubKeys.kept = undefined;
  await expect(check(DOCUMENTED.body, DOCUMENTED.claim)).resolves.toBeUndefined();
  await expect(check(`${DOCUMENTED.body} `, DOCUMENTED.claim)).rejects.toMatchObject({ code: "Unauthorized" });
});

test("without an identifier or a signature nothing is accepted, nor with one of another key", async () => {
  const [ours, other] = [createSigner("ours"), createSigner("other")];
  publish(ours.published);
  githubKeys.kept = undefined;
  const claim = ours.claim("[]");
  for (const wrong of [
    { ...claim, keyIdentifier: null },
    { ...claim, keyIdentifier: "" },
    { ...claim, signature: null },
    { ...claim, signature: "" },
    { ...claim, signature: "not base64 !" },
    { ...claim, signature: Buffer.alloc(70, 1).toString("base64") },
    { ...claim, signature: other.claim("[]").signature },
    { ...claim, keyIdentifier: "other" },
    { ...claim, keyIdentifier: "__proto__" },
  ]) {
    await expect(check("[]", wrong)).rejects.toMatchObject({ code: "Unauthorized" });
  }
  await expect(check("[]", claim)).resolves.toBeUndefined();
});

test("a key on another curve signs nothing", async () => {
  const signer = createSigner("p384", "P-384");
  publish(signer.published);
  githubKeys.kept = undefined;
  await expect(check("[]", signer.claim("[]"))).rejects.toMatchObject({ code: "Unauthorized" });
});

test("keys are kept for an hour, and read again at once for one that is not known", async () => {
  const [first, second] = [createSigner("first"), createSigner("second")];
  publish(first.published);
  githubKeys.kept = undefined;
  await check("[]", first.claim("[]"));
  publish(second.published);
  await expect(check("[]", first.claim("[]"))).resolves.toBeUndefined();
  await expect(check("[]", second.claim("[]"))).resolves.toBeUndefined();
  await expect(check("[]", first.claim("[]"))).rejects.toMatchObject({ code: "Unauthorized" });

  publish(first.published);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_599_000 });
  await expect(check("[]", second.claim("[]"))).resolves.toBeUndefined();
  vi.setSystemTime(Date.now() + 2000);
  await expect(check("[]", second.claim("[]"))).rejects.toMatchObject({ code: "Unauthorized" });
  vi.useRealTimers();
});

test.each([
  ["are not there", undefined],
  ["are not JSON", "<html>"],
  ["have another form", '{"keys": []}'],
  ["hold no key", '{"public_keys": [{"key_identifier": "ours", "key": "-----BEGIN PUBLIC KEY-----"}]}'],
])("nothing is accepted while the published keys %s", async (_, content) => {
  rmSync(file, { force: true });
  if (content !== undefined) writeFileSync(file, content);
  githubKeys.kept = undefined;
  const signer = createSigner("ours");
  await expect(check("[]", signer.claim("[]"))).rejects.toMatchObject({ code: "ServiceUnavailable" });
  publish(signer.published);
  await expect(check("[]", signer.claim("[]"))).resolves.toBeUndefined();
});

test("one address can make us look for unknown keys only so often, and does not spoil it for others", async () => {
  const signer = createSigner("ours");
  publish(signer.published);
  githubKeys.kept = undefined;
  const claim = { keyIdentifier: "unknown", signature: "AA==", address: "198.51.100.1" };
  for (let count = 0; count < 10; count++) {
    await expect(check("[]", claim)).rejects.toMatchObject({ code: "Unauthorized" });
  }
  await expect(check("[]", claim)).rejects.toMatchObject({ code: "RateLimitExceeded" });
  await expect(check("[]", signer.claim("[]"))).resolves.toBeUndefined();
});
