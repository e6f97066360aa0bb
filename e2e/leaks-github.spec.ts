import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { tryKey, UNKNOWN_KEY } from "#lib/testing/console/api-client";
import { startServer } from "#lib/testing/console/start-server";
import { findFreePort } from "#lib/testing/find-free-port";
import { expect, test } from "./fixtures.ts";
import { createKeysFile, createSigner, report, signedBy, toPublishedKeys } from "./github-signer.ts";
import { withOwnServer } from "./with-own-server.ts";

// The request that GitHub's documentation shows, and the key that it was signed with.
const DOCUMENTED = {
  body: '[{"source":"commit","token":"some_token","type":"some_type","url":"https://example.com/base-repo-url/"}]',
  id: "bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c",
  signature: "MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==",
  key: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd\nAjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==\n-----END PUBLIC KEY-----\n",
};

const github = createSigner("current");
const keysFile = createKeysFile([github, DOCUMENTED]);

withOwnServer({ GITHUB_SECRET_SCANNING_KEYS: keysFile.path }, (own) => {
  test("GitHub's own example is accepted, and is a false positive here", async () => {
    const { status, json } = await report(own.server.url, DOCUMENTED.body, {
      "Content-Type": "application/json",
      "Github-Public-Key-Identifier": DOCUMENTED.id,
      "Github-Public-Key-Signature": DOCUMENTED.signature,
    });
    expect(status).toBe(200);
    expect(json).toEqual([{ token_raw: "some_token", token_type: "some_type", label: "false_positive" }]);
  });

  test("what GitHub signs disables our keys and labels each token", async () => {
    const [live, deleted] = [await own.user.generateKey("Live"), await own.user.generateKey("Deleted")];
    await own.user.deleteKey(deleted.id);
    const url = "https://github.com/octocat/Hello-World/blob/main/.env";
    const tokens = [live.key, UNKNOWN_KEY, deleted.key, live.key];
    const body = JSON.stringify(tokens.map((token) => ({ token, type: "boring_key", url, source: "content" })));
    const { status, json } = await report(own.server.url, body, signedBy(github, body));
    expect(status).toBe(200);
    expect(json).toEqual([
      { token_raw: live.key, token_type: "boring_key", label: "true_positive" },
      { token_raw: UNKNOWN_KEY, token_type: "boring_key", label: "false_positive" },
      { token_raw: deleted.key, token_type: "boring_key", label: "true_positive" },
      { token_raw: live.key, token_type: "boring_key", label: "true_positive" },
    ]);
    expect(await tryKey(own.server.url, live.key)).toBe(401);
    const { json: leak } = await own.user.ask(`/api/keys/${live.id}/leak`, { method: "POST" });
    expect(leak).toMatchObject({ source: "github", url });
  });

  test("ten thousand tokens are answered in one go", async () => {
    const { key } = await own.user.generateKey();
    const tokens = Array.from({ length: 10_000 }, (_, index) => (index ? UNKNOWN_KEY : key));
    const body = JSON.stringify(tokens.map((token) => ({ token, type: "k", url: "", source: "npm" })));
    const headers = signedBy(github, body);
    const response = await fetch(`${own.server.url}/v2/secret-scanning/github`, { method: "POST", body, headers });
    const labels = (await response.json()) as { label: string }[];
    expect(labels.filter(({ label }) => label === "true_positive")).toHaveLength(1);
    expect(labels).toHaveLength(10_000);
    expect(await tryKey(own.server.url, key)).toBe(401);
  });

  test("nothing unsigned, badly signed or changed on its way disables a key", async () => {
    const { key } = await own.user.generateKey();
    const body = JSON.stringify([{ token: key, type: "boring_key", url: "", source: "content" }]);
    const good = signedBy(github, body);
    const { "Github-Public-Key-Signature": _, ...unsigned } = good;
    const refused: [string, Record<string, string>][] = [
      [body, { "Content-Type": "application/json" }],
      [body, unsigned],
      [body, { ...good, "Github-Public-Key-Signature": "AAAA" }],
      [body, { ...good, "Github-Public-Key-Identifier": "another" }],
      [body, signedBy(createSigner("current"), body)],
      [`${body} `, good],
      [body.replace("boring_key", "boring_kez"), good],
      ["not JSON", good],
    ];
    for (const [sent, headers] of refused) {
      const { status, json } = await report(own.server.url, sent, headers);
      expect([status, json.error, json.message]).toEqual([401, "Unauthorized", expect.stringContaining("Github-Pub")]);
    }
    expect(await tryKey(own.server.url, key)).toBe(200);
    const wrong = JSON.stringify([{ token: 1 }]);
    expect((await report(own.server.url, wrong, signedBy(github, wrong))).status).toBe(400);
  });

  test("keys that GitHub has since published are found", async () => {
    const rotated = createSigner(randomUUID());
    const body = JSON.stringify([{ token: UNKNOWN_KEY, type: "k" }]);
    expect((await report(own.server.url, body, signedBy(rotated, body))).status).toBe(401);
    keysFile.publish([github, DOCUMENTED, rotated]);
    expect((await report(own.server.url, body, signedBy(rotated, body))).status).toBe(200);
  });
});

test("while GitHub's keys cannot be read a report is a 503, and is accepted when they can", async () => {
  const port = await findFreePort();
  const server = await startServer({ env: { GITHUB_SECRET_SCANNING_KEYS: `http://127.0.0.1:${port}/keys` } });
  const body = JSON.stringify([{ token: UNKNOWN_KEY, type: "k" }]);
  const down = await report(server.url, body, signedBy(github, body));
  expect([down.status, down.json.error]).toEqual([503, "ServiceUnavailable"]);
  expect(Number(down.headers.get("retry-after"))).toBeGreaterThan(0);

  let readings = 0;
  const published = createServer((_, response) => {
    readings++;
    response.setHeader("Content-Type", "application/json").end(toPublishedKeys([github]));
  });
  await new Promise<void>((resolve) => published.listen(port, "127.0.0.1", resolve));
  for (let count = 0; count < 3; count++) {
    expect((await report(server.url, body, signedBy(github, body))).status).toBe(200);
  }
  expect(readings).toBe(1);
  published.close();
  await server.stop();
});
