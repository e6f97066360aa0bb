import { randomUUID } from "node:crypto";
import type { Answer } from "#lib/testing/console/expect-documented";
import { expect, test } from "./fixtures.ts";
import { createPerson, createTeam, type Team } from "./team.ts";

test.setTimeout(240_000);

const listInvitations = async ({ id, owner }: Team) => (await owner.ask(`/api/organizations/${id}/invitations`)).text;
const listMembers = async ({ id, owner }: Team) =>
  ((await owner.ask(`/api/organizations/${id}/members`)).json as { results: { id: string; role: string }[] }).results;
const invite = ({ id, owner }: Team, email: unknown, role: unknown = "member") =>
  owner.ask(`/api/organizations/${id}/invitations`, { json: { email, role } });

test("nobody becomes a member without their own POST", async ({ server: { url } }) => {
  const team = await createTeam(url);
  const person = await createPerson(url);
  const before = await listMembers(team);
  const { json } = await invite(team, person.email);
  const path = `/api/organizations/${team.id}`;
  // The invited person looks around, and signs in anew.
  const again = await createPerson(url, person.email);
  for (const address of ["/api/invitations", "/api/user", "/api/keys", path, "/settings", `/invitations/${json.id}`]) {
    await fetch(url + address, { headers: { Cookie: again.cookie }, redirect: "manual" });
  }
  // The others try for them.
  const tries: [Answer, number][] = [
    [await team.owner.ask(`/api/invitations/${json.id}/accept`, { method: "POST" }), 404],
    [await team.owner.ask(`${path}/members`, { json: { user_id: person.id, role: "member" } }), 405],
    [await team.owner.ask(`${path}/members/${person.id}`, { method: "PATCH", json: { role: "member" } }), 404],
    [await team.owner.ask(`${path}/members/${person.id}`, { json: { role: "member" } }), 405],
    [await team.admin.ask(`${path}/invitations/${json.id}/renew`, { method: "POST" }), 200],
    [await invite(team, person.email), 200],
    [await again.ask(`${path}/select`, { method: "POST" }), 404],
  ];
  for (const [{ status, text }, expected] of tries) expect(status, text).toBe(expected);
  expect(await listMembers(team)).toEqual(before);
  expect((await again.ask(`/api/invitations/${json.id}/accept`, { method: "POST" })).status).toBe(200);
  expect(await listMembers(team)).toHaveLength(before.length + 1);
});

test("a newcomer who accepts before anything else belongs to the inviting organization only", async ({
  server: { url },
}) => {
  const team = await createTeam(url);
  const person = await createPerson(url);
  const { json } = await invite(team, person.email);
  await person.ask(`/api/invitations/${json.id}/accept`, { method: "POST" });
  await person.ask("/api/keys");
  expect((await person.ask("/api/organizations")).json).toMatchObject({ count: 1, results: [{ id: team.id }] });
});

test("somebody else with the link is told nothing, and the id in upper case is the same link", async ({
  server: { url },
}) => {
  const team = await createTeam(url);
  const [person, other] = [await createPerson(url), await createPerson(url)];
  const { json } = await invite(team, person.email);
  const ask = (id: unknown, act: string) => other.ask(`/api/invitations/${id}/${act}`, { method: "POST" });
  for (const act of ["accept", "decline"]) {
    const [foreign, unknown] = [await ask(json.id, act), await ask(randomUUID(), act)];
    expect([foreign.status, foreign.text]).toEqual([unknown.status, unknown.text]);
    expect(foreign.json).toEqual({ error: "NotFound", message: "Invitation not found" });
  }
  const upper = String(json.id).toUpperCase();
  expect((await person.ask(`/api/invitations/${upper}/accept`, { method: "POST" })).status).toBe(200);
});

test("what cannot be an invitation is told in a sentence of its own, and nothing is half done", async ({
  server: { url },
}) => {
  const team = await createTeam(url);
  const before = await listInvitations(team);
  const wrong: [Answer, number, Record<string, unknown>][] = [
    [await invite(team, "ada@example.com", "boss"), 400, { fields: { role: [expect.stringContaining("member")] } }],
    [await invite(team, "ada@example.com", null), 400, { fields: { role: [expect.any(String)] } }],
    [await invite(team, "ada@example.com", "OWNER"), 400, { fields: { role: [expect.any(String)] } }],
    ...(await Promise.all(
      ["ada", "", "+x@gmail.com", "ada@", "a\u0000da@example.com", "ada@example.com/firm.tld", "a@b@c", 7].map(
        async (email): Promise<[Answer, number, Record<string, unknown>]> => [
          await invite(team, email),
          400,
          { fields: { email: [expect.any(String)] } },
        ],
      ),
    )),
    [await invite(team, `${"a".repeat(250)}@example.com`), 400, { fields: { email: [expect.any(String)] } }],
    [await invite(team, team.owner.email), 409, { error: "InvalidState", message: "This is your own address." }],
    [
      await invite(team, team.member.email.toUpperCase()),
      409,
      { error: "InvalidState", message: "Whoever has this address is a member already." },
    ],
  ];
  for (const [{ status, json, text }, expected, shown] of wrong) {
    expect(status, text).toBe(expected);
    expect(json, text).toMatchObject(shown);
  }
  expect(await listInvitations(team)).toBe(before);
});

test("an invitation to an organization that was deleted meanwhile is none any more", async ({ server: { url } }) => {
  const team = await createTeam(url);
  const person = await createPerson(url);
  const { json } = await invite(team, person.email);
  await team.owner.ask(`/api/organizations/${team.id}`, { method: "DELETE", json: { name: "Team" } });
  expect((await person.ask("/api/invitations")).json).toMatchObject({ count: 0 });
  const late = await person.ask(`/api/invitations/${json.id}/accept`, { method: "POST" });
  expect([late.status, late.json]).toEqual([404, { error: "NotFound", message: "Invitation not found" }]);
  expect((await person.ask("/api/organizations")).json).toMatchObject({ count: 0 });
});

test("a name of control characters, a role, a language and a time zone that do not exist are told by name", async ({
  server: { url },
}) => {
  const team = await createTeam(url);
  const path = `/api/organizations/${team.id}`;
  const { owner, member } = team;
  const wrong: [Answer, string][] = [
    ...(await Promise.all(
      ["\u0000", "\u0007\u0008", "a\u0000b", "ev\u202eil", "", " ", "x".repeat(65), null, 7].flatMap((name) => [
        owner.ask(path, { method: "PATCH", json: { name } }).then((answer): [Answer, string] => [answer, "name"]),
        owner.ask("/api/organizations", { json: { name } }).then((answer): [Answer, string] => [answer, "name"]),
      ]),
    )),
    [await owner.ask(`${path}/members/${member.id}`, { method: "PATCH", json: { role: "boss" } }), "role"],
    [await owner.ask(`${path}/members/${member.id}`, { method: "PATCH", json: {} }), "role"],
    [await owner.ask(`${path}/members/${member.id}?keys=sell`, { method: "DELETE" }), "keys"],
    [await owner.ask(path, { method: "DELETE", json: { name: "Te\u0000am" } }), "name"],
    [await owner.ask("/api/user", { method: "PATCH", json: { locale: "tlh" } }), "locale"],
    ...(await Promise.all(
      ["Mars/Phobos", "+08:00", "", "Asia/Taipei\u0000", 8].map(
        async (zone): Promise<[Answer, string]> => [
          await owner.ask("/api/user", { method: "PATCH", json: { time_zone: zone } }),
          "time_zone",
        ],
      ),
    )),
    [await owner.ask("/api/user", { method: "DELETE", json: { email: "nobody@example.com" } }), "email"],
    [await owner.ask("/api/user", { method: "DELETE", json: { email: "\u0000" } }), "email"],
  ];
  for (const [{ status, json, text }, field] of wrong) {
    expect(status, text).toBe(400);
    expect(Object.keys((json.fields as object) ?? {}), text).toEqual([field]);
  }
  expect((await owner.ask(path)).json).toMatchObject({ name: "Team", role: "owner" });
  expect((await owner.ask("/api/organizations")).json).toMatchObject({ count: 1 });
  expect((await owner.ask("/api/user")).json).toMatchObject({ locale: null, time_zone: null });
  const zoned = await owner.ask("/api/user", { method: "PATCH", json: { locale: "zh-TW", time_zone: "Asia/Taipei" } });
  expect(zoned.json).toMatchObject({ locale: "zh-TW", time_zone: "Asia/Taipei" });
});
