import { batchWrites } from "#lib/db/batch-writes";
import type { Statement } from "#lib/db/connection";
import { storeProblem } from "#lib/problems/stored-problem";
import type { ClaimedDelivery } from "#lib/webhooks/due-deliveries";
import { planNextTry } from "#lib/webhooks/plan-next-try";
import { TEST_EVENT } from "#lib/webhooks/schema";
import type { Outcome } from "#lib/webhooks/send-delivery";

const GONE = 410;

/** The one statement that settles tries of deliveries. */
export const SETTLE_DELIVERY: Statement = {
  name: "settle-deliveries",
  text: `
    WITH ending AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($1::jsonb)
        AS given (id uuid, "claimId" uuid, state text, tries int, "waitSeconds" float8, at timestamptz, status int,
                  error text, problem text, milliseconds int)
    ), settled AS (
      UPDATE webhook_deliveries
      SET status = state, claim_id = NULL, attempts = attempts + tries,
          wake_at = clock_timestamp() + make_interval(secs => "waitSeconds"),
          delivered_at = CASE WHEN state = 'delivered' THEN clock_timestamp() END
      FROM ending WHERE webhook_deliveries.id = ending.id AND claim_id = "claimId"
      RETURNING ending.*, endpoint_id
    ), tried AS (
      INSERT INTO webhook_delivery_attempts (delivery_id, number, at, status, error, milliseconds, problem)
      SELECT id, 1 + (SELECT count(*) FROM webhook_delivery_attempts WHERE delivery_id = settled.id),
             at, status, error, milliseconds, problem::jsonb
      FROM settled WHERE tries = 1
    ), gone AS (
      UPDATE webhook_endpoints SET disabled_at = clock_timestamp()
      FROM settled WHERE webhook_endpoints.id = endpoint_id AND settled.status = ${GONE} AND disabled_at IS NULL
    )
    SELECT id FROM settled`,
};

const settle = batchWrites(SETTLE_DELIVERY);

/**
 * Writes down what came of a try, and when the next one is due; without an outcome nothing was tried, and nothing will be.
 * Nothing when the claim has gone to somebody else.
 */
export const settleDelivery = async (claimed: ClaimedDelivery, outcome: Outcome | undefined): Promise<void> => {
  const { status: state, waitSeconds } = toState(claimed, outcome);
  const { at = null, status = null, milliseconds = null } = outcome ?? {};
  const { sentence: error, json: problem } = outcome?.error
    ? storeProblem(outcome.error)
    : { sentence: null, json: null };
  const tries = outcome ? 1 : 0;
  const { id, claim } = claimed;
  await settle({ id, claimId: claim.claimId, state, tries, waitSeconds, at, status, error, problem, milliseconds });
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
