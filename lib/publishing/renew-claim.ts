import { database } from "#lib/db/database";
import { log, toLogFields } from "#lib/log";
import type { ClaimedPost } from "#lib/publishing/claim-post";
import { LEASE_SECONDS, RENEWAL_SECONDS } from "#lib/publishing/lease";

/** Renews a claim for as long as the work takes, and returns what the work came to. */
export const withRenewedClaim = async <Result>(post: ClaimedPost, work: () => Promise<Result>): Promise<Result> => {
  const renewal = setInterval(() => void renew(post), RENEWAL_SECONDS * 1000);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
  }
};

async function renew({ id, claimId }: ClaimedPost): Promise<void> {
  try {
    const { prisma } = await database();
    await prisma.$executeRaw`
      UPDATE posts SET wake_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      WHERE id = ${id}::uuid AND claim_id = ${claimId}::uuid AND status = 'publishing'`;
  } catch (error) {
    log("warn", "A worker's claim could not be renewed; another may take over", toLogFields(error));
  }
}
