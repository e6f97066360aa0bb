import { CredentialError } from "#lib/credentials/encrypt-credential";
import { batchWrites } from "#lib/db/batch-queries";
import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import type { WebhookDelivery, WebhookEndpoint } from "#lib/db/generated/client";
import { type Claim, claimOne, type DueTable, joinClaims, momentOf, withRenewedClaim } from "#lib/due/claim";
import { planNextTry } from "#lib/due/plan-next-try";
import { log, toLogFields } from "#lib/log";
import { explainOutboundError, OutboundError } from "#lib/outbound/outbound-error";
import { readRetryAfter } from "#lib/outbound/read-body";
import { type Problem, say } from "#lib/problems/problem";
import { storeProblem } from "#lib/problems/tell-problem";
import { postMessage } from "#lib/standard-webhooks/post-message";
import { TEST_EVENT } from "#lib/webhooks/schema";
import { openSecret } from "#lib/webhooks/seal-secret";

/**
 * Attempts a delivery once if it is due, even when called concurrently. Records the receiver's failures and does not throw
 * because of them.
 */
export const deliverWebhook = async (deliveryId: string): Promise<void> => {
  const claimed = await claimDelivery(deliveryId);
  if (claimed) await deliverClaimed(claimed);
};

/** Attempts a claimed delivery. Sends nothing to an endpoint that has since been disabled. */
export const deliverClaimed = (claimed: ClaimedDelivery): Promise<void> =>
  withRenewedClaim(DELIVERIES, claimed.claim, async () => {
    await settleDelivery(claimed, claimed.endpoint.disabledAt ? undefined : await sendDelivery(claimed));
  });

/** The deliveries table as work. */
export const DELIVERIES: DueTable = {
  name: "webhook_deliveries",
  lane: "endpoint_id",
  setting: "",
  doing: "",
  telling: "",
};

/** A delivery that nobody else attempts while the claim lasts. */
type ClaimedDelivery = WebhookDelivery & { endpoint: WebhookEndpoint; claim: Claim };

/** Reads claimed deliveries and returns them by id. */
export const readClaimed = async (claims: Claim[]): Promise<Map<string, ClaimedDelivery>> => {
  const { prisma } = await database();
  const where = { id: { in: claims.map(({ id }) => id) } };
  const rows = await prisma.webhookDelivery.findMany({ where, include: { endpoint: true } });
  return joinClaims(claims, rows);
};

/** Claims a delivery. Returns undefined when it is not due, or no longer due. */
const claimDelivery = async (deliveryId: string): Promise<ClaimedDelivery | undefined> => {
  const claim = await claimOne(DELIVERIES, deliveryId);
  return claim && (await readClaimed([claim])).get(deliveryId);
};

/** The result of one attempt: the response status, or the reason why there was no response. */
export type Outcome = {
  at: Date;
  status: number | null;
  error: Problem | null;
  milliseconds: number;
  retryAt?: Date | undefined;
  /** Whether a retry would have the same result. */
  isFinal?: boolean;
};

/** Sends a delivery once under its permanent id. The signature carries the current time by the database's clock. */
const sendDelivery = async ({ id, payload, endpoint, claim }: ClaimedDelivery): Promise<Outcome> => {
  const at = momentOf(claim);
  const start = performance.now();
  const toMilliseconds = () => Math.round(performance.now() - start);
  try {
    const receiver = { url: endpoint.url, secret: openSecret(endpoint.id, endpoint.secret) };
    const { status, headers, body } = await postMessage(receiver, { id, body: payload }, at);
    body.destroy();
    return { at, status, error: null, milliseconds: toMilliseconds(), retryAt: readRetryAfter(headers, at) };
  } catch (error) {
    if (error instanceof CredentialError) {
      log("error", "A webhook's signing secret cannot be decrypted", toLogFields(error));
      const reason = say("webhook_secret_sealed");
      return { at, status: null, error: reason, milliseconds: 0, isFinal: true };
    }
    if (!(error instanceof OutboundError)) throw error;
    return { at, status: null, error: explainOutboundError(error), milliseconds: toMilliseconds() };
  }
};

const GONE = 410;

/** The statement that records attempts of deliveries. */
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
 * Records the outcome of an attempt and when the next one is due. Without an outcome, the delivery fails without an
 * attempt. Does nothing when the claim is lost.
 */
const settleDelivery = async (claimed: ClaimedDelivery, outcome: Outcome | undefined): Promise<void> => {
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
