import type { AccountFacts, ConnectedAccount, Connection } from "#lib/networks/connector";
import { ConnectError } from "#lib/networks/network-error";
import type { Capabilities } from "#lib/networks/schema";
import { sendMessage, toReceiver } from "#lib/networks/webhook/publish-message";
import type { OutsideAnswer } from "#lib/outbound/fetch-outside";
import { explainOutboundError, OutboundError } from "#lib/outbound/outbound-error";
import { readText } from "#lib/outbound/read-body";
import { toTarget } from "#lib/outbound/to-target";
import { askToRemove, cleanAddress, findInvisible } from "#lib/pasted/schema";
import { type Problem, say } from "#lib/problems/problem";
import { createSigningSecret, postMessage, toTestMessage } from "#lib/standard-webhooks/post-message";

/** What every receiver is expected to accept. */
export const capabilities: Capabilities = {
  text_limit: 10_000,
  text_unit: "characters",
  text_limit_with_media: null,
  text_bytes: null,
  link_length: null,
  title_limit: null,
  media_required: false,
  images: 10,
  image_bytes: null,
  image_pixels: null,
  moving_types: [],
  video: true,
  mixed_media: true,
  video_bytes: null,
  media_types: [],
  alt_text_limit: 2000,
  thread_parts: 25,
};

const MAX_ADDRESS_CHARACTERS = 2000;

/** Connects a receiver that understands a test message, and creates the signing secret for its messages. */
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

/** Sends a signed test message and requires the receiver to accept it. */
export const checkReceiver = async (account: ConnectedAccount): Promise<AccountFacts> => {
  const receiver = toReceiver(account);
  const { body } = await sendMessage(receiver, toTestMessage());
  body.destroy();
  return toReceiverFacts(receiver.url);
};

const CHAT_HOSTS = /(^|\.)(discord|discordapp|slack|slack-gov)\.com$/;
const CHAT_PROBLEM = say("receiver_is_chat");

/** Throws `ConnectError` for a service that is known to accept only its own message format. */
export const requireOwnReceiver = ({ hostname }: URL): void => {
  if (CHAT_HOSTS.test(hostname.replace(/\.$/, ""))) throw new ConnectError("url", CHAT_PROBLEM);
};

/** Throws `ConnectError` unless the answer to the test message shows that the receiver will accept posts. */
const requireUnderstanding = async ({ status, body }: OutsideAnswer): Promise<void> => {
  const said = await readText(body).catch(() => "");
  if ((status >= 200 && status < 300) || isNotYetTrusting(status, said)) return;
  throw new ConnectError("url", toProblem(status));
};

// A receiver that verifies signatures must refuse the first message: its secret is shown only after this check.
function isNotYetTrusting(status: number, said: string): boolean {
  return status === 401 || status === 403 || (status === 400 && /signature|webhook-(id|timestamp)/i.test(said));
}

function toProblem(status: number): Problem {
  if (status === 404 || status === 405 || status === 410) {
    return say("receiver_elsewhere", { status });
  }
  if (status === 429 || status >= 500) {
    return say("receiver_faulty", { status });
  }
  return say("receiver_puzzled", { status });
}

/** A receiver's display name. Omits the query of its address, which may be a secret. */
const toReceiverFacts = (address: string): AccountFacts => {
  const { host, pathname } = new URL(address);
  return { username: `${host}${pathname === "/" ? "" : pathname}`, displayName: host, capabilities };
};
