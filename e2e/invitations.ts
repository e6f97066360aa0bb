import { expect } from "@playwright/test";
import type { User } from "#lib/testing/console/user";

export type Invitation = { id: string; email: string; role: string; status: string; url: string };

/** The id of the organization that the person's session shows. It is made at the first call. */
export const findOrganization = async (user: User): Promise<string> => {
  await user.ask("/api/keys");
  const { results } = (await user.ask("/api/organizations")).json as { results: { id: string; is_current: boolean }[] };
  return results.find(({ is_current }) => is_current)?.id ?? "";
};

/** How many organizations the person belongs to, and which. Makes none. */
export const listOrganizations = async (user: Pick<User, "ask">): Promise<string[]> =>
  ((await user.ask("/api/organizations")).json as { results: { id: string }[] }).results.map(({ id }) => id);

/** Invites an address into the person's current organization. */
export const invite = async (user: User, email: string, role = "member"): Promise<Invitation> => {
  const organization = await findOrganization(user);
  const answer = await user.ask(`/api/organizations/${organization}/invitations`, { json: { email, role } });
  expect([200, 201]).toContain(answer.status);
  return answer.json as Invitation;
};

/** The organization's invitation as its admins see it now. */
export const readInvitation = async (user: User, id: string): Promise<Invitation | undefined> => {
  const organization = await findOrganization(user);
  const { json } = await user.ask(`/api/organizations/${organization}/invitations`);
  return (json as { results: Invitation[] }).results.find((invitation) => invitation.id === id);
};
