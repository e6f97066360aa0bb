import type { Act } from "#lib/organizations/acts";
import { expect, test } from "./fixtures.ts";
import { type Operation, readOperations } from "./read-operations.ts";
import { createTeam, type Member, type Role } from "./team.ts";
import { TRIES } from "./tries-of-acts.ts";

test.setTimeout(240_000);

const ROLES: Role[] = ["member", "admin", "owner"];

/** The lowest role that may. Written down a second time, because the product's own table is tested here. */
const LOWEST: Record<Act, Role> = {
  "organization.read": "member",
  "posts.write": "member",
  "keys.generate": "member",
  "keys.change_own": "member",
  "keys.disable": "member",
  "accounts.check": "member",
  "organization.leave": "member",
  "keys.change_any": "admin",
  "accounts.connect": "admin",
  "webhooks.change": "admin",
  "activity.read": "admin",
  "organization.rename": "admin",
  "members.invite": "admin",
  "members.remove": "admin",
  "members.appoint": "owner",
  "organization.delete": "owner",
};

/** Which operation a request is of. */
const toOperation = (operations: Operation[], method: string, path: string) =>
  operations.find(
    (operation) =>
      operation.method === method &&
      new RegExp(`^${operation.path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(
        path.split("?")[0] ?? "",
      ),
  );

for (const role of ROLES) {
  test(`for a(n) ${role} the table of acts and the answers agree, on every route about an organization`, async ({
    server: { url },
  }) => {
    const team = await createTeam(url);
    const operations = (await readOperations(url)).filter(
      ({ caller, path, parameters }) =>
        caller === "person" &&
        (/\{(?:organization|key|account|post|webhook)Id\}/.test(path) ||
          parameters.some(({ name }) => name === "organization_id")),
    );
    const untried = new Set(operations);
    const actor: Member = {
      ...team[role],
      ask: (path, request = {}) => {
        const tried = toOperation(operations, request.method ?? (request.json ? "POST" : "GET"), path);
        if (tried) untried.delete(tried);
        return team[role].ask(path, request);
      },
    };
    // The three sessions show the team, because that is where they came in last.
    for (const act of Object.keys(LOWEST) as Act[]) {
      for (const [what, attempt, expected] of TRIES[act]) {
        const other = await (role === "owner" ? team.admin : team.owner).generateKey("Another's");
        const { status, json, text } = await attempt({
          ...{ url, team, actor },
          ...{ othersKey: other.id, othersSecret: other.key },
        });
        const where = `${what}: ${text}`;
        if (ROLES.indexOf(role) < ROLES.indexOf(LOWEST[act]))
          expect([status, json.error], where).toEqual([403, "Forbidden"]);
        else if (expected) expect(status, where).toBe(expected);
        else expect([200, 201, 202], where).toContain(status);
      }
    }
    expect([...untried].map(({ method, path }) => `${method} ${path}`)).toEqual([]);
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
