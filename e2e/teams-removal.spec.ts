import { expect, test } from "@playwright/test";
import { ask, tryKey, withKey } from "#lib/testing/console/api-client";
import type { RunningServer } from "#lib/testing/console/start-server";
import { findPostgres } from "#lib/testing/postgres/start-postgres";
import { addMember, createTeam, type Member, type Team } from "./team.ts";
import { type WatchedDatabase, watchDatabase } from "./watched-database.ts";

const CONNECTIONS = 16;
const DAY_MILLISECONDS = 86_400_000;

test.setTimeout(240_000);
test.skip(!findPostgres(), "PostgreSQL is not installed here, and the embedded database has one process");
test.describe.configure({ mode: "default" });

let db: WatchedDatabase;
let servers: RunningServer[];
test.beforeAll(async () => {
  db = await watchDatabase();
  servers = [await db.startServer(), await db.startServer()];
});
test.afterAll(() => db?.stop());

const urls = () => servers.map(({ url }) => url);
const first = () => servers[0]?.url ?? "";
const remove = ({ id, owner }: Team, person: Member, keys?: string) =>
  owner.ask(`/api/organizations/${id}/members/${person.id}${keys ? `?keys=${keys}` : ""}`, { method: "DELETE" });

type Request = { begunAt: number; status: number };

/** Sixteen connections, half to each server, that read and write with a person's keys until they are told to stop. */
const hammer = (secrets: string[]) => {
  const requests: Request[] = [];
  let isOver = false;
  const write = async (worker: number) => {
    const url = urls()[worker % 2] ?? "";
    for (let round = 0; !isOver; round++) {
      const begunAt = performance.now();
      const key = withKey(secrets[(worker + round) % secrets.length] ?? "");
      const scheduledAt = new Date(Date.now() + DAY_MILLISECONDS).toISOString();
      // A write asks for the key once more in its own transaction; a read shows whether the key is still accepted at all.
      const response = await (round % 2 === 0
        ? fetch(`${url}/v2/me`, { headers: key })
        : fetch(`${url}/v2/posts`, {
            method: "POST",
            headers: { "Content-Type": "application/json", ...key },
            body: JSON.stringify({ post: { text: `${worker} ${round}`, scheduledAt } }),
          }));
      await response.arrayBuffer();
      requests.push({ begunAt, status: response.status });
    }
  };
  const workers = Array.from({ length: CONNECTIONS }, (_, worker) => write(worker));
  return {
    requests,
    stop: async () => {
      isOver = true;
      await Promise.all(workers);
    },
  };
};

test("removed with their keys disabled: nothing begun after the answer is accepted, and nothing commits later", async () => {
  const team = await createTeam(first());
  const keys = [
    await team.member.generateKey("One"),
    await team.member.generateKey("Two"),
    await team.member.generateKey("Three"),
  ];
  const others = await team.admin.generateKey("Others");
  const count = async () => {
    const [row] = await db.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM posts WHERE key_id = ANY($1::uuid[])",
      [keys.map(({ id }) => id)],
    );
    return row?.count ?? Number.NaN;
  };
  const { requests, stop } = hammer(keys.map(({ key }) => key));
  const isUnderWay = () => requests.filter(({ status }) => status < 300).length;
  await expect.poll(isUnderWay, { intervals: [20] }).toBeGreaterThan(CONNECTIONS * 4);
  const answer = await remove(team, team.member, "disable");
  const answeredAt = performance.now();
  const committed = await count();
  const begunLater = () => requests.filter(({ begunAt }) => begunAt > answeredAt);
  await expect.poll(() => begunLater().length, { intervals: [20] }).toBeGreaterThan(CONNECTIONS * 8);
  await stop();
  expect(answer.json.disabled_keys).toHaveLength(3);
  expect(new Set(begunLater().map(({ status }) => status))).toEqual(new Set([401]));
  expect(await count()).toBe(committed);
  for (const url of urls()) {
    for (const { key } of keys) expect(await tryKey(url, key)).toBe(401);
    expect(await tryKey(url, others.key)).toBe(200);
  }
});

test("without a choice about keys that work the removal is refused with exactly those", async () => {
  const team = await createTeam(first());
  const live = await team.member.generateKey("Live");
  const disabled = await team.member.generateKey("Disabled");
  await team.member.updateKey(disabled.id, { is_active: false });
  await team.admin.generateKey("Others");
  const { status, json } = await remove(team, team.member);
  expect([status, json]).toMatchObject([409, { error: "InvalidState" }]);
  expect(json.keys).toEqual([{ id: live.id, name: "Live", key_preview: live.key_preview }]);
  expect(await tryKey(first(), live.key)).toBe(200);
  expect((await team.member.ask(`/api/organizations/${team.id}`)).status).toBe(200);
});

test("kept: the same secret gives the same answers, and the key is marked until it is rotated", async () => {
  const team = await createTeam(first());
  const { id, key } = await team.member.generateKey("Kept");
  const me = async (secret: string) => (await ask(first(), "/v2/me", { headers: withKey(secret) })).text;
  const isMarked = async (keyId: unknown) => (await team.owner.ask(`/api/keys/${keyId}`)).json.known_to_former_member;
  // The key's own last use is part of what it is told.
  await me(key);
  const before = await me(key);
  const self = `/api/organizations/${team.id}/members/${team.member.id}`;
  for (const path of [self, self.replace(team.member.id, team.member.id.toUpperCase())]) {
    expect((await team.member.ask(`${path}?keys=keep`, { method: "DELETE" })).status).toBe(403);
  }
  expect(await isMarked(id)).toBe(false);
  expect((await remove(team, team.member, "keep")).json).toEqual({ success: true, disabled_keys: [] });
  expect(await me(key)).toBe(before);
  expect(await isMarked(id)).toBe(true);
  const { json } = await team.owner.ask(`/api/keys/${id}/rotate`, { json: { overlap_seconds: 0 } });
  expect(await isMarked(json.id)).toBe(false);
  expect(await tryKey(first(), key)).toBe(401);
});

test("a removed person's session finds nothing there at the next request, and everything elsewhere; their posts are published on time", async () => {
  const team = await createTeam(first());
  const person = await addMember(first(), team, "admin");
  const own = await person.ask("/api/organizations", { json: { name: "Own" } });
  await person.ask(`/api/organizations/${team.id}/select`, { method: "POST" });
  const scheduledAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + 4000);
  const text = `Written before ${person.id}`;
  const written = await person.ask(`/api/posts?organization_id=${team.id}`, { json: { post: { text, scheduledAt } } });
  expect(written.status, written.text).toBeLessThan(300);
  const { id: keyId } = await team.owner.generateKey("Team's");
  const seen = [
    `/api/organizations/${team.id}`,
    `/api/organizations/${team.id}/members`,
    `/api/organizations/${team.id}/invitations`,
    `/api/keys?organization_id=${team.id}`,
    `/api/keys/${keyId}`,
    `/api/posts?organization_id=${team.id}`,
    `/api/audit-events?organization_id=${team.id}`,
  ];
  for (const path of seen) expect((await person.ask(path)).status, path).toBe(200);
  expect((await remove(team, person)).status).toBe(200);
  for (const path of seen) expect((await person.ask(path)).status, path).toBe(404);
  // Also on the other server, and for what would change something.
  const there = await ask(urls()[1] ?? "", seen[0] ?? "", { headers: { Cookie: person.cookie } });
  expect(there.status).toBe(404);
  const late = await person.ask(`/api/keys?organization_id=${team.id}`, { json: { name: "Late" } });
  expect(late.status).toBe(404);
  expect((await person.ask("/api/user/export")).text).not.toContain(text);
  // What the session shows now is the other organization.
  expect((await person.ask("/api/organizations")).json).toMatchObject({
    results: [{ id: own.json.id, is_current: true }],
  });
  expect((await person.ask("/api/keys", { json: { name: "Mine" } })).status).toBe(201);
  const listPublished = () =>
    db.query<{ late: number }>(
      `SELECT extract(epoch FROM published_at - scheduled_at)::float8 AS late FROM posts
       WHERE author_id = $1 AND status = 'published'`,
      [person.id],
    );
  await expect.poll(listPublished, { intervals: [200] }).toHaveLength(1);
  const [{ late: seconds } = { late: Number.NaN }] = await listPublished();
  expect(seconds).toBeGreaterThanOrEqual(0);
  expect(seconds).toBeLessThan(10);
});
