import { randomUUID } from "node:crypto";
import { currentMoment } from "#lib/clock";
import type { Message } from "#lib/standard-webhooks/to-signed-headers";

/** A message that asks a receiver for nothing but an answer. */
export const toTestMessage = (): Message => {
  const body = { type: "webhook.test", timestamp: currentMoment().toISOString(), data: {} };
  return { id: randomUUID(), body: JSON.stringify(body) };
};
