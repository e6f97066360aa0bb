import type { AccountFacts, ConnectedAccount } from "#lib/networks/connector";
import { sendMessage } from "#lib/networks/webhook/send-message";
import { toReceiver } from "#lib/networks/webhook/to-receiver";
import { toReceiverFacts } from "#lib/networks/webhook/to-receiver-facts";
import { toTestMessage } from "#lib/standard-webhooks/to-test-message";

/** Sends a test message, signed like every other, and wants it taken. */
export const checkReceiver = async (account: ConnectedAccount): Promise<AccountFacts> => {
  const receiver = toReceiver(account);
  const { body } = await sendMessage(receiver, toTestMessage());
  body.destroy();
  return toReceiverFacts(receiver.url);
};
