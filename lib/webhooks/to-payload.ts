import { currentMoment } from "#lib/clock";
import type { TEST_EVENT, WebhookEvent } from "#lib/webhooks/schema";

/** The body that tells of an event, in the shape of Standard Webhooks. */
export const toPayload = (
  event: WebhookEvent | typeof TEST_EVENT,
  data: Record<string, unknown>,
  at = currentMoment(),
): string => JSON.stringify({ type: event, timestamp: at.toISOString(), data });
