import { database } from "#lib/db/database";
import { type Invitation, type Mail, Prisma } from "#lib/db/generated/client";
import { type Claim, type DueTable, joinClaims, momentOf, withRenewedClaim } from "#lib/due/claim";
import { planNextTry } from "#lib/due/plan-next-try";
import { settings } from "#lib/env";
import { log } from "#lib/log";
import { type MailOutcome, sendSmtp } from "#lib/mail/send-smtp";

/** The mails table as work. A try is counted before it begins, so that one which never ended is noticed. */
export const MAILS: DueTable = {
  name: "mails",
  lane: "lane",
  setting: "attempts = mails.attempts + 1",
  doing: "",
  telling: "",
};

/** A mail that nobody else sends while the claim lasts. */
type ClaimedMail = Mail & { invitation: Invitation | null; claim: Claim };

/** Reads claimed mails and returns them by id. */
export const readClaimed = async (claims: Claim[]): Promise<Map<string, ClaimedMail>> => {
  const { prisma } = await database();
  const rows = await prisma.mail.findMany({
    where: { id: { in: claims.map(({ id }) => id) } },
    include: { invitation: true },
  });
  return joinClaims(claims, rows);
};

/**
 * Sends a claimed mail and records the outcome. A mail is handed over once at most: where nobody knows whether the server has
 * it, it counts as failed and is not sent again.
 */
export const sendClaimed = (mail: ClaimedMail): Promise<void> =>
  withRenewedClaim(MAILS, mail.claim, async () => settle(mail, await send(mail)));

type Outcome = MailOutcome | { state: "pointless" };

async function send({ claim, ...mail }: ClaimedMail): Promise<Outcome> {
  const { mail: sender } = settings();
  const now = momentOf(claim);
  const { invitation } = mail;
  if (!sender || (invitation && (invitation.settledAt || invitation.expiresAt <= now))) return { state: "pointless" };
  if (mail.attempts - mail.endedAttempts > 1) return { state: "unknown", said: "The server stopped while sending it." };
  return sendSmtp(sender, { ...mail, at: now });
}

// The row of a mail that is not sent again goes, with its address.
async function settle({ id, invitationId, claim, attempts }: ClaimedMail, outcome: Outcome): Promise<void> {
  const { prisma } = await database();
  const next = outcome.state === "later" ? toWaitSeconds(attempts, claim) : undefined;
  const mine = { id, claimId: claim.claimId };
  if (next !== undefined) {
    await prisma.$executeRaw`
      UPDATE mails SET claim_id = NULL, ended_attempts = attempts,
                       wake_at = clock_timestamp() + make_interval(secs => ${next}::float8)
      WHERE id = ${id}::uuid AND claim_id = ${claim.claimId}::uuid`;
    report("A mail could not be sent yet; the server will try again", outcome);
    return;
  }
  const said = "said" in outcome ? outcome.said : null;
  const isSent = outcome.state === "sent";
  await prisma.$transaction(async (tx) => {
    // In the order of those who change or delete an invitation and with it its mails; the other order may end in a deadlock.
    if (invitationId) await tx.$executeRaw`SELECT 1 FROM invitations WHERE id = ${invitationId}::uuid FOR UPDATE`;
    const { count } = await tx.mail.deleteMany({ where: mine });
    if (count === 0 || invitationId === null || outcome.state === "pointless") return;
    const mailedAt = isSent ? momentOf(claim) : null;
    await tx.invitation.updateMany({ where: { id: invitationId }, data: { mailedAt, mailError: said } });
  });
  report("A mail was not sent", outcome);
}

function report(complaint: string, outcome: Outcome): void {
  if ("said" in outcome) log("warn", complaint, { errorName: outcome.state, errorMessage: outcome.said });
}

function toWaitSeconds(tries: number, claim: Claim): number | undefined {
  const now = momentOf(claim);
  const next = planNextTry({ tries, retryAt: undefined, now });
  return next && (next.getTime() - now.getTime()) / 1000;
}

const KEPT_HOURS = 48;
// The transaction's time, so that both statements mean the same mails.
const UNSENT = Prisma.sql`mails.created_at < transaction_timestamp() - make_interval(hours => ${KEPT_HOURS}::int)
  AND mails.wake_at <= transaction_timestamp()`;

/**
 * Gives up mails that nobody has sent for two days, for example because no worker has the mail server in its settings. Any
 * instance may run it at any time.
 */
export const pruneMails = async (): Promise<void> => {
  const { prisma } = await database();
  await prisma.$transaction([
    prisma.$executeRaw`
      UPDATE invitations SET mail_error = ${"No worker sent it."} FROM mails
      WHERE mails.invitation_id = invitations.id AND ${UNSENT}`,
    prisma.$executeRaw`DELETE FROM mails WHERE ${UNSENT}`,
  ]);
};
