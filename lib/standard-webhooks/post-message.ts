import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { currentMoment } from "#lib/clock";
import { fetchOutside, type OutsideAnswer } from "#lib/outbound/fetch-outside";

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

/** A message as it is sent: every time under the same id, and letter by letter the same. */
export type Message = { id: string; body: string };

/** The headers by which a receiver knows the sender, the message and the moment, as Standard Webhooks has them. */
export const toSignedHeaders = (secret: string, { id, body }: Message, at: Date): Record<string, string> => {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
};

/** A message that asks a receiver for nothing but an answer. */
export const toTestMessage = (): Message => {
  const body = { type: "webhook.test", timestamp: currentMoment().toISOString(), data: {} };
  return { id: randomUUID(), body: JSON.stringify(body) };
};

const SECRET_BYTES = 32;

/** A new secret as Standard Webhooks spells it, for one receiver. */
export const createSigningSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
