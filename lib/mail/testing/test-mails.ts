import { database } from "#lib/db/database";
import { type Claim, claimMany } from "#lib/due/claim";
import { invite } from "#lib/invitations/invite";
import { listInvitations } from "#lib/invitations/list-invitations";
import { MAILS, readClaimed, sendClaimed } from "#lib/mail/send-mail";
import { actIn, type Team } from "#lib/organizations/testing/team";
import { useSettings } from "#lib/testing/process-state";

/** Makes the mail server on this port the one of this process. */
export const useServer = (port: number, more: Record<string, string> = {}): void =>
  useSettings({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Console <console@example.com>", ...more });

/** Invites somebody in the name of the team's owner. */
export const inviteOne = async ({ owner, organizationId }: Team, email = "guest@example.org") =>
  (await invite(actIn(owner, organizationId), { email, role: "member" }, "en")).invitation;

/** What the team's newest invitation says about its mail. */
export const readMail = async ({ organizationId }: Team) =>
  (await listInvitations(organizationId, { skip: 0, take: 1 })).invitations[0]?.mail;

/** Sends what is due, as a worker does, and returns how many mails it took. */
export const work = async (): Promise<number> => {
  const { claims } = await claimMany<Claim>(MAILS, { limit: 100, perLane: 100, lanesUnderWay: [] });
  const mails = await readClaimed(claims);
  await Promise.all([...mails.values()].map(sendClaimed));
  return mails.size;
};

/** How many mails wait. */
export const countMails = async (): Promise<number> => (await database()).prisma.mail.count();
