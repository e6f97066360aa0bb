import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import { storeProblem } from "#lib/problems/stored-problem";
import type { ClaimedDelivery } from "#lib/webhooks/due-deliveries";
import { planNextTry } from "#lib/webhooks/plan-next-try";
import { TEST_EVENT } from "#lib/webhooks/schema";
import type { Outcome } from "#lib/webhooks/send-delivery";

const GONE = 410;

/** The one statement that settles a try of a delivery. */
export const SETTLE_DELIVERY: Statement = {
  name: "settle-delivery",
  text: `
    WITH settled AS (
      UPDATE webhook_deliveries
      SET status = $3::text, claim_id = NULL, attempts = attempts + $4::int,
          wake_at = clock_timestamp() + make_interval(secs => $5::float8),
          delivered_at = CASE WHEN $3::text = 'delivered' THEN clock_timestamp() END
      WHERE id = $1::uuid AND claim_id = $2::uuid RETURNING id, endpoint_id
    ), tried AS (
      INSERT INTO webhook_delivery_attempts (delivery_id, number, at, status, error, milliseconds, problem)
      SELECT id, 1 + (SELECT count(*) FROM webhook_delivery_attempts WHERE delivery_id = settled.id),
             $6::timestamptz, $7::int, $8::text, $9::int, $10::jsonb
      FROM settled WHERE $4::int = 1
    )
    UPDATE webhook_endpoints SET disabled_at = clock_timestamp()
    FROM settled WHERE webhook_endpoints.id = endpoint_id AND $7::int = ${GONE} AND disabled_at IS NULL`,
};

/**
 * Writes down what came of a try, and when the next one is due; without an outcome nothing was tried, and nothing will be.
 * Nothing when the claim has gone to somebody else.
 */
export const settleDelivery = async (claimed: ClaimedDelivery, outcome: Outcome | undefined): Promise<void> => {
  const { connection } = await database();
  const { status, waitSeconds } = toState(claimed, outcome);
  const error = outcome?.error && storeProblem(outcome.error);
  await connection.write(SETTLE_DELIVERY, [
    ...[claimed.id, claimed.claim.claimId, status, outcome ? 1 : 0, waitSeconds, outcome?.at.toISOString() ?? null],
    ...[outcome?.status ?? null, error?.sentence ?? null, outcome?.milliseconds ?? null],
    error?.json ?? null,
  ]);
};

function toState({ attempts, event }: ClaimedDelivery, outcome: Outcome | undefined) {
  const status = outcome?.status ?? null;
  if (status !== null && status >= 200 && status < 300) return { status: "delivered", waitSeconds: null };
  if (!outcome || outcome.isFinal || status === GONE || event === TEST_EVENT)
    return { status: "failed", waitSeconds: null };
  const { at: now, retryAt } = outcome;
  const next = planNextTry({ tries: attempts + 1, retryAt, now });
  return next
    ? { status: "waiting", waitSeconds: (next.getTime() - now.getTime()) / 1000 }
    : { status: "failed", waitSeconds: null };
}
