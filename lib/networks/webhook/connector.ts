import type { Connector } from "#lib/networks/connector";
import { capabilities, checkReceiver, connectReceiver } from "#lib/networks/webhook/connect-receiver";
import { publishMessage } from "#lib/networks/webhook/publish-message";

/** A receiver of the user's own, which is sent posts as signed messages and does with them what it wants. */
export const webhook: Connector<null> = {
  network: "webhook",
  label: "Webhook",
  capabilities,
  connectFields: [{ name: "url", kind: "url", example: "https://example.com/hooks/posts" }],
  connect: connectReceiver,
  check: checkReceiver,
  // Media are named by their addresses; whoever receives them fetches them.
  prepare: async () => null,
  publish: publishMessage,
  // Standard Webhooks has every receiver recognise by its `webhook-id` what it was sent before.
  reconcile: async () => "resend",
};
