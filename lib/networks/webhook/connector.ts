import type { Connector } from "#lib/networks/connector";
import { capabilities, checkReceiver, connectReceiver } from "#lib/networks/webhook/connect-receiver";
import { publishMessage } from "#lib/networks/webhook/publish-message";

/** The connector for a user's own receiver, which gets posts as signed messages and may do anything with them. */
export const webhook: Connector<null> = {
  network: "webhook",
  label: "Webhook",
  capabilities,
  connectFields: [{ name: "url", kind: "url", example: "https://example.com/hooks/posts" }],
  connect: connectReceiver,
  check: checkReceiver,
  // Media are sent as addresses; the receiver fetches them.
  prepare: async () => null,
  publish: publishMessage,
  // Standard Webhooks requires receivers to recognise a repeated message by its `webhook-id`.
  reconcile: async () => "resend",
};
