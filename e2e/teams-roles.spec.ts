import { randomUUID } from "node:crypto";
import { ACTS, type Act, mayAct } from "#lib/organizations/acts";
import type { Answer } from "#lib/testing/console/expect-documented";
import { expect, test } from "./fixtures.ts";
import { addMember, createTeam, type Member, type Role, type Team } from "./team.ts";

test.setTimeout(240_000);

const ROLES: Role[] = ["member", "admin", "owner"];

/** What somebody needs to try an act: a team, and a key that somebody else generated in it. */
type Attempt = { url: string; team: Team; actor: Member; othersKey: string };
type Try = (attempt: Attempt) => Promise<Answer>;

const named = ({ team }: Attempt) => `organization_id=${team.id}`;
const inTeam = ({ team }: Attempt, path = "") => `/api/organizations/${team.id}${path}`;
const ownKey = async ({ actor, team }: Attempt): Promise<string> =>
  String((await actor.ask(`/api/keys?organization_id=${team.id}`, { json: { name: "Own" } })).json.id);
const invited = async ({ team }: Attempt): Promise<string> => {
  const json = { email: `${randomUUID()}@example.com`, role: "member" };
  return String((await team.owner.ask(`/api/organizations/${team.id}/invitations`, { json })).json.id);
};
const post = { method: "POST" };
const hook = { url: "https://example.com/hook", events: ["post.published"] };

/** For each act the requests that are it. A request that may is answered with success, unless a status is named. */
const TRIES: Record<Act, [string, Try, number?][]> = {
  "organization.read": [
    ["see it", ({ actor, ...a }) => actor.ask(inTeam({ actor, ...a }))],
    ["see its members", (a) => a.actor.ask(inTeam(a, "/members"))],
    ["select it", (a) => a.actor.ask(inTeam(a, "/select"), post)],
    ["see its keys", (a) => a.actor.ask(`/api/keys?${named(a)}`)],
    ["see a key", (a) => a.actor.ask(`/api/keys/${a.othersKey}`)],
    ["see its accounts", (a) => a.actor.ask(`/api/accounts?${named(a)}`)],
    ["see its posts", (a) => a.actor.ask(`/api/posts?${named(a)}`)],
    ["see its webhooks", (a) => a.actor.ask(`/api/webhooks?${named(a)}`)],
    ["see a key's usage", (a) => a.actor.ask(`/api/keys/${a.othersKey}/usage`)],
  ],
  "posts.write": [["write", (a) => a.actor.ask(`/api/posts?${named(a)}`, { json: { post: { text: "Hello" } } })]],
  "keys.generate": [["generate", (a) => a.actor.ask(`/api/keys?${named(a)}`, { json: { name: "New" } })]],
  "keys.change_own": [
    [
      "rename their key",
      async (a) => a.actor.ask(`/api/keys/${await ownKey(a)}`, { method: "PATCH", json: { name: "Other" } }),
    ],
    ["rotate their key", async (a) => a.actor.ask(`/api/keys/${await ownKey(a)}/rotate`, { json: {} })],
    ["delete their key", async (a) => a.actor.ask(`/api/keys/${await ownKey(a)}`, { method: "DELETE" })],
  ],
  "keys.disable": [
    [
      "disable another's key",
      (a) => a.actor.ask(`/api/keys/${a.othersKey}`, { method: "PATCH", json: { is_active: false } }),
    ],
    [
      "report another's key as leaked",
      async (a) => {
        const { id } = await a.team.owner.generateKey("Leaky");
        return a.actor.ask(`/api/keys/${id}/leak`, post);
      },
    ],
  ],
  "accounts.check": [
    [
      "check an account",
      async (a) => {
        const { accounts } = (await a.actor.ask(`/api/accounts?${named(a)}`)).json as {
          accounts: [{ account_id: string }];
        };
        return a.actor.ask(`/api/accounts/${accounts[0].account_id}/check`, post);
      },
    ],
  ],
  "organization.leave": [
    [
      "leave",
      async (a) => {
        const another = await addMember(a.url, a.team, "owner");
        const path = `/api/organizations/${a.team.id}/members/${another.id}`;
        return another.ask(path, { method: "DELETE" });
      },
    ],
  ],
  "keys.change_any": [
    [
      "rename another's key",
      (a) => a.actor.ask(`/api/keys/${a.othersKey}`, { method: "PATCH", json: { name: "Renamed" } }),
    ],
    [
      "disable and rename another's key in one",
      (a) => a.actor.ask(`/api/keys/${a.othersKey}`, { method: "PATCH", json: { name: "Both", is_active: false } }),
    ],
    [
      "enable another's key",
      (a) => a.actor.ask(`/api/keys/${a.othersKey}`, { method: "PATCH", json: { is_active: true } }),
    ],
    ["rotate another's key", (a) => a.actor.ask(`/api/keys/${a.othersKey}/rotate`, { json: {} })],
    [
      "say that another's leak is dealt with",
      async (a) => {
        const { id } = await a.team.owner.generateKey("Leaky");
        await a.team.owner.ask(`/api/keys/${id}/leak`, post);
        return a.actor.ask(`/api/keys/${id}/leak/acknowledge`, post);
      },
    ],
    ["delete another's key", (a) => a.actor.ask(`/api/keys/${a.othersKey}`, { method: "DELETE" })],
  ],
  "accounts.connect": [
    [
      "connect an account",
      (a) => a.actor.ask(`/api/accounts?${named(a)}`, { json: { network: "nowhere", fields: {} } }),
      400,
    ],
    [
      "disconnect an account",
      async (a) => {
        const { accounts } = (await a.actor.ask(`/api/accounts?${named(a)}`)).json as {
          accounts: [{ account_id: string }];
        };
        return a.actor.ask(`/api/accounts/${accounts[0].account_id}`, { method: "DELETE" });
      },
      409,
    ],
  ],
  "webhooks.change": [
    ["create a webhook", (a) => a.actor.ask(`/api/webhooks?${named(a)}`, { json: hook })],
    [
      "change a webhook",
      async (a) => {
        const { json } = await a.team.owner.ask(`/api/webhooks?${named(a)}`, { json: hook });
        return a.actor.ask(`/api/webhooks/${json.id}`, { method: "PATCH", json: { is_active: false } });
      },
    ],
    [
      "rotate a webhook's secret",
      async (a) => {
        const { json } = await a.team.owner.ask(`/api/webhooks?${named(a)}`, { json: hook });
        return a.actor.ask(`/api/webhooks/${json.id}/rotate-secret`, post);
      },
    ],
    [
      "delete a webhook",
      async (a) => {
        const { webhooks } = (await a.team.owner.ask(`/api/webhooks?${named(a)}`)).json as {
          webhooks: [{ id: string }];
        };
        return a.actor.ask(`/api/webhooks/${webhooks[0].id}`, { method: "DELETE" });
      },
    ],
  ],
  // Everybody sees their own sign-ins there; who sees the rest is in a test of its own.
  "activity.read": [],
  "organization.rename": [["rename it", (a) => a.actor.ask(inTeam(a), { method: "PATCH", json: { name: "Team" } })]],
  "members.invite": [
    [
      "invite",
      (a) => a.actor.ask(inTeam(a, "/invitations"), { json: { email: `${randomUUID()}@example.com`, role: "member" } }),
    ],
    ["see the invitations", (a) => a.actor.ask(inTeam(a, "/invitations"))],
    ["renew one", async (a) => a.actor.ask(inTeam(a, `/invitations/${await invited(a)}/renew`), post)],
    ["revoke one", async (a) => a.actor.ask(inTeam(a, `/invitations/${await invited(a)}`), { method: "DELETE" })],
  ],
  "members.remove": [
    [
      "remove a member",
      async (a) => {
        const { id } = await addMember(a.url, a.team, "member");
        return a.actor.ask(inTeam(a, `/members/${id}`), { method: "DELETE" });
      },
    ],
  ],
  "members.appoint": [
    [
      "appoint",
      (a) => a.actor.ask(inTeam(a, `/members/${a.team.member.id}`), { method: "PATCH", json: { role: "member" } }),
    ],
  ],
  "organization.delete": [
    ["delete it", (a) => a.actor.ask(inTeam(a), { method: "DELETE", json: { name: "Another name" } }), 400],
  ],
};

for (const role of ROLES) {
  test(`for a(n) ${role} the table of acts and the answers agree`, async ({ server: { url } }) => {
    const team = await createTeam(url);
    const actor = team[role];
    // The three sessions show the team, because that is where they came in last.
    for (const act of Object.keys(ACTS) as Act[]) {
      for (const [what, attempt, expected] of TRIES[act]) {
        const { id: othersKey } = await (role === "owner" ? team.admin : team.owner).generateKey("Another's");
        const { status, json, text } = await attempt({ url, team, actor, othersKey });
        const where = `${what}: ${text}`;
        if (!mayAct(role, act)) expect([status, json.error], where).toEqual([403, "Forbidden"]);
        else if (expected) expect(status, where).toBe(expected);
        else expect([200, 201, 202], where).toContain(status);
      }
    }
  });
}

test("members see their own sign-ins in the log, and only admins and owners what happened in the organization", async ({
  server: { url },
}) => {
  const team = await createTeam(url);
  await team.owner.generateKey("Of note");
  const list = async (person: Member) => {
    const { json } = await person.ask(`/api/audit-events?organization_id=${team.id}`);
    return (json as { results: { action: string }[] }).results.map(({ action }) => action);
  };
  expect(await list(team.member)).toEqual(["session.started"]);
  for (const role of ["admin", "owner"] as const) {
    expect(await list(team[role])).toEqual(
      expect.arrayContaining(["key.generated", "member.joined", "session.started"]),
    );
  }
});

test("only an owner who types the name deletes the organization", async ({ server: { url } }) => {
  const team = await createTeam(url, "Short-lived");
  const remove = (person: Member, name: string) =>
    person.ask(`/api/organizations/${team.id}`, { method: "DELETE", json: { name } });
  for (const role of ["member", "admin"] as const) expect((await remove(team[role], "Short-lived")).status).toBe(403);
  expect((await remove(team.owner, "short-lived")).json).toMatchObject({
    error: "InvalidRequest",
    fields: { name: ["Type the name of the organization as it is."] },
  });
  expect((await remove(team.owner, " Short-lived ")).status).toBe(200);
  for (const role of ROLES) expect((await team[role].ask(`/api/organizations/${team.id}`)).status).toBe(404);
});
