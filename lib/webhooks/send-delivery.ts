import { CredentialError } from "#lib/credentials/credential-error";
import { momentOf } from "#lib/due/claim";
import { log, toLogFields } from "#lib/log";
import { explainOutboundError } from "#lib/outbound/explain-outbound-error";
import { OutboundError } from "#lib/outbound/outbound-error";
import { readRetryAfter } from "#lib/outbound/read-retry-after";
import { type Problem, say } from "#lib/problems/problem";
import { postMessage } from "#lib/standard-webhooks/post-message";
import type { ClaimedDelivery } from "#lib/webhooks/due-deliveries";
import { openSecret } from "#lib/webhooks/seal-secret";

/** What came of one try: the answer's status, or why there was none. */
export type Outcome = {
  at: Date;
  status: number | null;
  error: Problem | null;
  milliseconds: number;
  retryAt?: Date | undefined;
  /** Whether another try would come to the same. */
  isFinal?: boolean;
};

/** Sends a delivery once, signed as of now, by the database's clock, under the id that it has at every try. */
export const sendDelivery = async ({ id, payload, endpoint, claim }: ClaimedDelivery): Promise<Outcome> => {
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
      log("error", "A webhook's signing secret cannot be opened", toLogFields(error));
      const reason = say("webhook_secret_sealed");
      return { at, status: null, error: reason, milliseconds: 0, isFinal: true };
    }
    if (!(error instanceof OutboundError)) throw error;
    return { at, status: null, error: explainOutboundError(error), milliseconds: toMilliseconds() };
  }
};
