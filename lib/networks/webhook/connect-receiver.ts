import { ConnectError } from "#lib/networks/connect-error";
import type { Connection } from "#lib/networks/connector";
import { requireOwnReceiver, requireUnderstanding } from "#lib/networks/webhook/require-receiver";
import { toReceiverFacts } from "#lib/networks/webhook/to-receiver-facts";
import { explainOutboundError } from "#lib/outbound/explain-outbound-error";
import { OutboundError } from "#lib/outbound/outbound-error";
import { toTarget } from "#lib/outbound/to-target";
import { askToRemove, cleanAddress, findInvisible } from "#lib/pasted/schema";
import { say } from "#lib/problems/problem";
import { createSigningSecret } from "#lib/standard-webhooks/create-signing-secret";
import { postMessage } from "#lib/standard-webhooks/post-message";
import { toTestMessage } from "#lib/standard-webhooks/to-test-message";

const MAX_ADDRESS_CHARACTERS = 2000;

/** Connects a receiver that understands a test message, and makes the secret that its messages are signed with. */
export const connectReceiver = async ({ url: given = "" }: Record<string, string>): Promise<Connection> => {
  const secret = createSigningSecret();
  try {
    const address = cleanAddress(given);
    if (findInvisible(address)) throw new ConnectError("url", askToRemove(address));
    const { url } = toTarget(address);
    url.hash = "";
    if (url.href.length > MAX_ADDRESS_CHARACTERS) throw new ConnectError("url", say("address_too_long"));
    requireOwnReceiver(url);
    await requireUnderstanding(await postMessage({ url: url.href, secret }, toTestMessage()));
    const credential = { signing_secret: secret };
    const place = { networkUserId: url.href, serverUrl: url.origin, expiresAt: null };
    return { ...toReceiverFacts(url.href), ...place, credential, shown: credential };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new ConnectError("url", explainOutboundError(error), { cause: error });
  }
};
