import { listInvitations } from "#lib/invitations/list-invitations";
import type { Invitation } from "#lib/invitations/schema";
import { mayAct, mayManage } from "#lib/organizations/acts";
import { listOrganizations } from "#lib/organizations/list-organizations";
import { type Organization, ROLES, type Role } from "#lib/organizations/schema";

/** What a page about an organization's invitations shows to one of its members. */
type SentInvitations = {
  organization: Organization;
  /** The organizations for which the member may send invitations. */
  choices: Organization[];
  /** The roles that the member may give. Empty for one who may not invite, and who sees no invitations. */
  roles: Role[];
  count: number;
  invitations: Invitation[];
};

type Asked = { userId: string; currentId: string | null; organizationId: string | undefined };

/**
 * The invitations of the organization that was asked for, or else of the current one. Null when the user does not belong to
 * it. Creates nothing for somebody without any organization.
 */
export const listSentInvitations = async (
  { userId, currentId, organizationId }: Asked,
  range: { skip: number; take: number },
): Promise<SentInvitations | null> => {
  const { organizations } = await listOrganizations(userId, currentId);
  const wanted = organizationId ?? currentId;
  const organization = organizations.find(({ id }) => id === wanted);
  if (!organization) return null;
  const choices = organizations.filter(({ role }) => mayAct(role, "members.invite"));
  if (!choices.includes(organization)) return { organization, choices, roles: [], count: 0, invitations: [] };
  const roles = ROLES.filter((role) => mayManage(organization.role, role));
  return { organization, choices, roles, ...(await listInvitations(organization.id, range)) };
};
