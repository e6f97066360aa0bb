import { ask, withKey } from "#lib/testing/console/api-client";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import { expect, test } from "./fixtures.ts";

const ROUNDS = 20;

test("kill -9 while keys are generated and deleted loses nothing that was acknowledged", async () => {
  test.setTimeout(400_000);
  let server = await startServer();
  let user = await createUser(server.url);
  const alive = new Map<string, string>();
  const dead = new Map<string, string>();

  const work = async (): Promise<void> => {
    for (let turn = 0; ; turn++) {
      const { id, key } = await user.generateKey(`Turn ${turn}`);
      alive.set(id, key);
      if (turn % 2 === 0) continue;
      // Until its answer arrives, nobody can say whether the deletion happened.
      alive.delete(id);
      if ((await user.deleteKey(id)).status === 200) dead.set(id, key);
    }
  };

  for (let round = 0; round < ROUNDS; round++) {
    const before = alive.size + dead.size;
    const working = Promise.all([work(), work()]).catch(() => "interrupted");
    await expect
      .poll(() => alive.size + dead.size, { intervals: [5], timeout: 60_000 })
      .toBeGreaterThan(before + (round % 5));
    server.kill();
    expect(await working).toBe("interrupted");
    server = await startServer({ dataDir: server.dataDir, port: server.port });
    const status = async (key: string) => (await ask(server.url, "/v2/me", { headers: withKey(key) })).status;
    for (const key of alive.values()) expect(await status(key)).toBe(200);
    for (const key of dead.values()) expect(await status(key)).toBe(401);
    // A hundred keys is the limit of a user.
    if (alive.size > 60) user = await createUser(server.url);
    if (alive.size > 60) alive.clear();
  }
  expect(dead.size).toBeGreaterThan(0);
  await server.stop();
});

test("a clean stop answers what it accepted, writes the last use and frees the folder", async () => {
  const first = await startServer();
  const user = await createUser(first.url);
  const { id, key } = await user.generateKey();
  await ask(first.url, "/v2/me", { headers: withKey(key) });
  await first.stop();
  const second = await startServer({ dataDir: first.dataDir, port: first.port });
  const { json } = await user.ask(`/api/keys/${id}`);
  expect(json.last_used_at).toMatch(/^\d{4}-/);
  await second.stop();
});
