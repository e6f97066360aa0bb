import { execFile } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import path from "node:path";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import { expect, test } from "./fixtures.ts";
import { startReceiver, verifyMessage } from "./start-receiver.ts";

const PROJECT_DIR = path.resolve(import.meta.dirname, "..");

/** What an operator sees of `npm run keys:rotate`. */
const rotate = (env: Record<string, string>): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const options = { cwd: PROJECT_DIR, env: { ...process.env, ENV_FILE: devNull, ...env } };
    execFile(process.execPath, ["scripts/rotate-credential-keys.ts"], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output: (stdout + stderr).trim() });
    });
  });

test("after a rotation everything works with the new key alone, and not without it", async () => {
  test.setTimeout(300_000);
  const receiver = await startReceiver();
  const env = { OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${receiver.port}` };
  const first = await startServer({ env });
  const { dataDir } = first;
  const user = await createUser(first.url);
  const { json } = await user.ask("/api/webhooks", { json: { url: receiver.url, events: ["post.failed"] } });
  expect(await rotate({ DATA_DIR: dataDir })).toMatchObject({
    code: 1,
    output: expect.stringContaining("is in use by"),
  });
  await first.stop();

  const file = path.join(dataDir, "credential-keys.json");
  const before = readFileSync(file, "utf8");
  const { code, output } = await rotate({ DATA_DIR: dataDir });
  expect(code).toBe(0);
  const { credentialKeys } = JSON.parse(readFileSync(file, "utf8"));
  const [newest, oldest] = credentialKeys;
  expect(JSON.parse(before)).toEqual({ credentialKeys: [oldest] });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(output).toContain(`Re-encrypted: 1. Everything is now encrypted with the key ${newest.id}.`);
  expect(output).toContain(`No longer needed: ${oldest.id}. Remove from ${file}`);
  for (const { key } of credentialKeys) expect(output).not.toContain(key);

  writeFileSync(file, before);
  await expect(startServer({ env, dataDir })).rejects.toThrow(new RegExp(`the key ${newest.id}, which is missing`));
  writeFileSync(file, JSON.stringify({ credentialKeys: [newest] }));
  const second = await startServer({ env, dataDir });
  const again = await createUser(second.url, user.email);
  expect((await again.ask(`/api/webhooks/${json.id}/test`, { method: "POST" })).json.status).toBe("delivered");
  expect(verifyMessage(json.secret, receiver.messages[0])).toMatchObject({ type: "webhook.test" });
  await second.stop();
  await receiver.close();
});

test("no key is made that running instances would not know", async () => {
  const { code, output } = await rotate({ DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" });
  expect([code, output]).toEqual([1, expect.stringMatching(/^CREDENTIAL_KEYS must be set/)]);
});
