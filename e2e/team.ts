import { createUser, type User } from "#lib/testing/console/user";
import { createOrganization, join } from "./organization-fixtures.ts";

export type Role = "member" | "admin" | "owner";

/** A member, who knows their own id. */
export type Member = User & { id: string };

/** An organization with one person for each role. */
export type Team = { id: string } & Record<Role, Member>;

/** Signs a new person in who belongs to no organization yet. */
export const createPerson = async (url: string, email?: string): Promise<Member> => {
  const user = await createUser(url, email);
  const { json } = await user.ask("/api/user");
  return { ...user, id: String(json.id) };
};

/** Invites a new person, who accepts. */
export const addMember = async (url: string, { id, owner }: Pick<Team, "id" | "owner">, role: Role) => {
  const person = await createPerson(url);
  await join(owner, { id }, person, role);
  return person;
};

/** Creates an organization with three new people. */
export const createTeam = async (url: string, name = "Team"): Promise<Team> => {
  const owner = await createPerson(url);
  const team = { id: (await createOrganization(owner, name)).id, owner };
  return { ...team, admin: await addMember(url, team, "admin"), member: await addMember(url, team, "member") };
};
