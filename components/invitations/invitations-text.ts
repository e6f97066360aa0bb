import type { ProblemText } from "#components/console/describe-problem";
import type { Messages } from "#lib/i18n/schema";

/** The messages of the pages about invitations. */
export type InvitationsText = ProblemText & Pick<Messages, "invitations" | "copy">;

/** Picks them, so that pages do not send all messages to the browser. */
export const toInvitationsText = ({ invitations, copy, problem }: Messages): InvitationsText => ({
  invitations,
  copy,
  problem,
});
