import { lockAccount, openAccount } from "#lib/accounts/refresh-credential";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { MemberActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import type { Prisma, SocialAccount } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { log, toLogFields } from "#lib/log";
import { BUILT_IN_NETWORK, getConnector } from "#lib/networks/registry";
import { asMember } from "#lib/organizations/as-member";
import { WAITING_STATUSES } from "#lib/posts/schema";
import { say } from "#lib/problems/problem";
import { toEnglish } from "#lib/problems/tell-problem";

const CANCELLED = say("post_account_gone");

/**
 * Disconnects one of the organization's accounts. When this returns, its credential is deleted and its waiting posts
 * are cancelled; published posts stay in the history. Throws 409 for the built-in account.
 */
export const disconnectAccount = async (actor: MemberActor, accountId: string | undefined): Promise<void> => {
  const disconnect = async (tx: Prisma.TransactionClient): Promise<SocialAccount> => {
    const row = await lockAccount(tx, actor.organizationId, accountId);
    const { id, network, username } = row;
    if (network === BUILT_IN_NETWORK) {
      throw new ApiError("InvalidState", say("account_sandbox_fixed"));
    }
    const now = currentMoment();
    await tx.socialAccount.update({
      where: { id },
      data: { credential: null, refreshingUntil: null, disconnectedAt: now, updatedAt: now },
    });
    await tx.post.updateMany({
      where: { accountId: id, status: { in: WAITING_STATUSES } },
      data: {
        status: "cancelled",
        errorName: "AccountDisabled",
        ...{ error: toEnglish(CANCELLED), problem: CANCELLED },
        ...{ wakeAt: null, claimId: null },
      },
    });
    const details = { account_id: id, network, username };
    await recordAuditEvent(tx, actor, { action: "account.disconnected", details });
    return row;
  };
  const connected = await asMember(actor, "accounts.connect", disconnect, { isUrgent: true });
  // Not awaited: the account is disconnected here, whatever the network answers.
  void revokeCredential(connected);
};

/** Revokes the credential in this row at its network, if the network supports that. Never throws. */
export const revokeCredential = async (row: SocialAccount): Promise<void> => {
  try {
    await getConnector(row.network).disconnect?.(openAccount(row));
  } catch (error) {
    log("warn", "A network could not be notified that an account was disconnected", toLogFields(error));
  }
};
