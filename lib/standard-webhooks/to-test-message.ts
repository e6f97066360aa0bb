import { randomUUID } from "node:crypto";
import type { Message } from "#lib/standard-webhooks/to-signed-headers";

/** A message that asks a receiver for nothing but an answer. */
export const toTestMessage = (): Message => {
  const body = { type: "webhook.test", timestamp: new Date().toISOString(), data: {} };
  return { id: randomUUID(), body: JSON.stringify(body) };
};
