import { ACTS, type Act, mayAct } from "#lib/organizations/acts";
import { expect, test } from "./fixtures.ts";
import { createTeam, type Member, type Role } from "./team.ts";
import { TRIES } from "./tries-of-acts.ts";

test.setTimeout(240_000);

const ROLES: Role[] = ["member", "admin", "owner"];

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
