import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { ask, withAuthorization, withKey } from "#lib/testing/console/api-client";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import { expect, test } from "./fixtures.ts";

const filesOf = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
};

test("no key and no session token is in the data directory or in the log, whatever happened to them", async () => {
  const server = await startServer({ env: { LOG_LEVEL: "debug" } });
  const user = await createUser(server.url);
  const { id, key } = await user.generateKey();
  await ask(server.url, "/v2/me", { headers: withKey(key) });
  await ask(server.url, `/v2/me?key=${key}`, { headers: withAuthorization(`${key}x`) });
  await ask(server.url, `/v2/posts/${key}`, { headers: withKey(key) });
  await ask(server.url, `/${key}`);
  await ask(server.url, "/v2/posts", { json: { post: { text: "x", [key]: key } }, headers: withKey(key) });
  await user.ask(`/api/keys/${key}`);
  await user.deleteKey(id);
  await ask(server.url, "/v2/me", { headers: withKey(key) });
  await server.stop();

  const token = /=([^;]+)$/.exec(user.cookie)?.[1] ?? "";
  expect(token.length).toBeGreaterThan(20);
  const secrets = [key, key.slice(10), token];
  for (const secret of secrets) expect(server.output()).not.toContain(secret);
  const files = await filesOf(server.dataDir);
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const bytes = await readFile(file);
    for (const secret of secrets) expect(bytes.includes(secret), `${file} holds a secret`).toBe(false);
  }
});
