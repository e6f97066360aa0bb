import type { ProblemText } from "#components/console/describe-problem";
import type { Messages } from "#lib/i18n/schema";

/** The messages of the pages about invitations. */
export type InvitationsText = ProblemText &
  Pick<Messages, "invitations" | "copy"> & { organizations: Pick<Messages["organizations"], "roles" | "roleLeads"> };

/** Picks them, so that pages do not send all messages to the browser. */
export const toInvitationsText = ({ invitations, organizations, copy, problem }: Messages): InvitationsText => ({
  invitations,
  organizations: { roles: organizations.roles, roleLeads: organizations.roleLeads },
  copy,
  problem,
});
