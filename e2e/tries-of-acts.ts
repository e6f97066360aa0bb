import { randomUUID } from "node:crypto";
import type { Act } from "#lib/organizations/acts";
import type { Answer } from "#lib/testing/console/expect-documented";
import { addMember, type Member, type Team } from "./team.ts";

/** What somebody needs to try an act: a team, and a key that somebody else generated in it. */
type Attempt = { url: string; team: Team; actor: Member; othersKey: string; othersSecret: string };
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
const sandbox = async ({ actor, team }: Attempt): Promise<string> => {
  const { accounts } = (await actor.ask(`/api/accounts?organization_id=${team.id}`)).json as {
    accounts: [{ account_id: string }];
  };
  return accounts[0].account_id;
};
// The same webhook for all who need one, because an organization may have only a few.
const hooked = async ({ team }: Attempt): Promise<string> => {
  const path = `/api/webhooks?organization_id=${team.id}`;
  const { webhooks } = (await team.owner.ask(path)).json as { webhooks: { id: string }[] };
  return webhooks[0]?.id ?? String((await team.owner.ask(path, { json: hook })).json.id);
};
const planned = async ({ team }: Attempt): Promise<string> => {
  const scheduledAt = new Date(Date.now() + 86_400_000).toISOString();
  const path = `/api/posts?organization_id=${team.id}`;
  return String((await team.owner.ask(path, { json: { post: { text: "Later", scheduledAt } } })).json.postSubmissionId);
};

/** For each act the requests that are it. A request that may is answered with success, unless a status is named. */
export const TRIES: Record<Act, [string, Try, number?][]> = {
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
    ["see a key's requests", (a) => a.actor.ask(`/api/keys/${a.othersKey}/requests`)],
    ["see its keys as a file", (a) => a.actor.ask(`/api/keys.csv?${named(a)}`)],
    ["find a key", (a) => a.actor.ask(`/api/keys/lookup?${named(a)}`, { json: { key: a.othersSecret } })],
    ["see an account", async (a) => a.actor.ask(`/api/accounts/${await sandbox(a)}`)],
    ["see what was published", (a) => a.actor.ask(`/api/published-posts?${named(a)}`)],
    ["see a webhook's deliveries", async (a) => a.actor.ask(`/api/webhooks/${await hooked(a)}/deliveries`)],
    ["see the log", (a) => a.actor.ask(`/api/audit-events?${named(a)}`)],
    ["see the log as a file", (a) => a.actor.ask(`/api/audit-events.csv?${named(a)}`)],
  ],
  "posts.write": [
    ["write", (a) => a.actor.ask(`/api/posts?${named(a)}`, { json: { post: { text: "Hello" } } })],
    ["cancel another's post", async (a) => a.actor.ask(`/api/posts/${await planned(a)}`, { method: "DELETE" })],
    [
      "retry another's post",
      async (a) => a.actor.ask(`/api/posts/${await planned(a)}/retry`, { json: { how: "retry" } }),
      409,
    ],
  ],
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
    ["end another's overlap", (a) => a.actor.ask(`/api/keys/${a.othersKey}/end`, post), 409],
    [
      "report another's key as leaked",
      async (a) => {
        const { id } = await a.team.owner.generateKey("Leaky");
        return a.actor.ask(`/api/keys/${id}/leak`, post);
      },
    ],
  ],
  "accounts.check": [["check an account", async (a) => a.actor.ask(`/api/accounts/${await sandbox(a)}/check`, post)]],
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
      "choose among accounts",
      (a) => a.actor.ask(`/api/accounts/choices?${named(a)}`, { json: { choices_id: "unknown", chosen: ["unknown"] } }),
      409,
    ],
    ["disconnect an account", async (a) => a.actor.ask(`/api/accounts/${await sandbox(a)}`, { method: "DELETE" }), 409],
  ],
  "webhooks.change": [
    ["create a webhook", (a) => a.actor.ask(`/api/webhooks?${named(a)}`, { json: hook })],
    [
      "change a webhook",
      async (a) => a.actor.ask(`/api/webhooks/${await hooked(a)}`, { method: "PATCH", json: { is_active: false } }),
    ],
    ["rotate a webhook's secret", async (a) => a.actor.ask(`/api/webhooks/${await hooked(a)}/rotate-secret`, post)],
    [
      "test a webhook",
      async (a) => {
        const id = await hooked(a);
        await a.team.owner.ask(`/api/webhooks/${id}`, { method: "PATCH", json: { is_active: false } });
        return a.actor.ask(`/api/webhooks/${id}/test`, post);
      },
      409,
    ],
    [
      "replay a delivery",
      async (a) => a.actor.ask(`/api/webhooks/${await hooked(a)}/deliveries/${randomUUID()}/replay`, post),
      404,
    ],
    ["delete a webhook", async (a) => a.actor.ask(`/api/webhooks/${await hooked(a)}`, { method: "DELETE" })],
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
