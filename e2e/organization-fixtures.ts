import type { BrowserContext } from "@playwright/test";
import { lendSession } from "#lib/testing/console/console-user";
import { createUser, type User } from "#lib/testing/console/user";

type Role = "member" | "admin" | "owner";

export type Team = { id: string; name: string };

const must = (answer: { status: number; text: string; json: Record<string, unknown> }, status: number) => {
  if (answer.status !== status) throw new Error(`expected ${status}: ${answer.status} ${answer.text}`);
  return answer.json;
};

/** How the console names a person: what their address begins with, unless they gave another name. */
export const nameOf = ({ email }: User): string => email.split("@")[0] ?? email;

/** Creates an organization, which the person's session then shows. */
export const createOrganization = async (owner: User, name: string): Promise<Team> => {
  const { id } = must(await owner.ask("/api/organizations", { json: { name } }), 201);
  return { id: String(id), name };
};

/** Makes the session show an organization. */
export const select = async (user: User, { id }: Team): Promise<void> => {
  must(await user.ask(`/api/organizations/${id}/select`, { method: "POST" }), 200);
};

/** Makes a person a member, by an invitation that they accept. Their session then shows the organization. */
export const join = async (
  owner: User,
  { id }: Pick<Team, "id">,
  person: User,
  role: Role = "member",
): Promise<void> => {
  const json = { email: person.email, role };
  const invitation = must(await owner.ask(`/api/organizations/${id}/invitations`, { json }), 201);
  must(await person.ask(`/api/invitations/${invitation.id}/accept`, { method: "POST" }), 200);
};

/** Gives a member another role. */
export const appoint = async (owner: User, { id }: Pick<Team, "id">, person: User, role: Role): Promise<void> => {
  const { id: userId } = must(await person.ask("/api/user"), 200);
  must(await owner.ask(`/api/organizations/${id}/members/${userId}`, { method: "PATCH", json: { role } }), 200);
};

/** What a list of an organization holds. */
export const listIn = async (user: User, path: string, { id }: Team): Promise<Record<string, unknown>[]> => {
  const json = must(await user.ask(`${path}?organization_id=${id}`), 200);
  return (json.keys ?? json.accounts ?? json.webhooks ?? json.results) as Record<string, unknown>[];
};

/** An owner and a member of one organization, each with a session in a browser of their own. */
export const startTeam = async (
  url: string,
  browsers: { owner: BrowserContext; other?: BrowserContext },
  role: Role = "member",
): Promise<{ owner: User; other: User; team: Team }> => {
  const [owner, other] = [await createUser(url), await createUser(url)];
  const team = await createOrganization(owner, "Team");
  await join(owner, team, other, role);
  await lendSession(browsers.owner, url, owner);
  if (browsers.other) await lendSession(browsers.other, url, other);
  return { owner, other, team };
};
