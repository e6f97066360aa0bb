import type { ToastMessage } from "#components/ui/toast";
import type { WebhooksText } from "#components/webhooks/webhooks-text";
import { fill } from "#lib/i18n/schema";
import type { Delivery } from "#lib/webhooks/schema";

type Attempt = Delivery["attempts"][number];

/** The result of a delivery, as a message to the user who just sent it. */
export const describeDelivery = ({ status, attempts }: Delivery, text: WebhooksText): ToastMessage => {
  const last = attempts.at(-1);
  if (!last) return { look: "good", content: text.webhooks.waits };
  if (last.status === null)
    return { look: "bad", content: fill(text.webhooks.unanswered, { reason: last.error ?? "" }) };
  const isThere = status === "delivered";
  const said = isThere ? text.webhooks.arrived : text.webhooks.notArrived;
  return { look: isThere ? "good" : "bad", content: fill(said, { status: last.status }) };
};

/** The result of one attempt. */
export const describeAttempt = (attempt: Attempt, text: WebhooksText): string =>
  attempt.status === null ? (attempt.error ?? "") : fill(text.webhooks.log.answered, { status: attempt.status });
