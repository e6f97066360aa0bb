import { currentMoment } from "#lib/clock";
import { fetchOutside, type OutsideAnswer } from "#lib/outbound/fetch-outside";
import { type Message, toSignedHeaders } from "#lib/standard-webhooks/to-signed-headers";

const TIMEOUT_MILLISECONDS = 20_000;
const MAX_ANSWER_BYTES = 65_536;

/** Where messages go, and what they are signed with. */
export type Receiver = { url: string; secret: string };

/** Sends a signed message, whatever the answer. Read its body or destroy it. Throws `OutboundError`. */
export const postMessage = (
  { url, secret }: Receiver,
  message: Message,
  at = currentMoment(),
): Promise<OutsideAnswer> =>
  fetchOutside(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...toSignedHeaders(secret, message, at) },
    body: message.body,
    redirect: "error",
    maxBytes: MAX_ANSWER_BYTES,
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    idleMilliseconds: TIMEOUT_MILLISECONDS,
  });
