import { describeOutboundError } from "#lib/outbound/describe-outbound-error";
import { OutboundError } from "#lib/outbound/outbound-error";
import { readRetryAfter } from "#lib/outbound/read-retry-after";
import { postMessage } from "#lib/standard-webhooks/post-message";
import type { ClaimedDelivery } from "#lib/webhooks/claim-delivery";
import { openSecret } from "#lib/webhooks/seal-secret";

/** What came of one try: the answer's status, or why there was none. */
export type Outcome = {
  status: number | null;
  error: string | null;
  milliseconds: number;
  retryAt?: Date | undefined;
};

/** Sends a delivery once, signed as of now, under the id that it has at every try. */
export const sendDelivery = async ({ id, payload, endpoint }: ClaimedDelivery, now: Date): Promise<Outcome> => {
  const receiver = { url: endpoint.url, secret: openSecret(endpoint.id, endpoint.secret) };
  const start = performance.now();
  const toMilliseconds = () => Math.round(performance.now() - start);
  try {
    const { status, headers, body } = await postMessage(receiver, { id, body: payload }, now);
    body.destroy();
    return { status, error: null, milliseconds: toMilliseconds(), retryAt: readRetryAfter(headers, now) };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return { status: null, error: describeOutboundError(error), milliseconds: toMilliseconds() };
  }
};
