import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { currentMoment } from "#lib/clock";
import { fetchOutside, type OutsideAnswer } from "#lib/outbound/fetch-outside";

const TIMEOUT_MILLISECONDS = 20_000;
const MAX_ANSWER_BYTES = 65_536;

/** The address of a receiver and the secret for signing its messages. */
export type Receiver = { url: string; secret: string };

/** Sends a signed message and returns any response. The caller must read its body or destroy it. Throws `OutboundError`. */
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

/** A message to send. Every attempt has the same id and the same bytes. */
export type Message = { id: string; body: string };

/** The Standard Webhooks headers, by which a receiver verifies the sender, the message and the time. */
export const toSignedHeaders = (secret: string, { id, body }: Message, at: Date): Record<string, string> => {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
};

/** A message that only asks the receiver to respond. */
export const toTestMessage = (): Message => {
  const body = { type: "webhook.test", timestamp: currentMoment().toISOString(), data: {} };
  return { id: randomUUID(), body: JSON.stringify(body) };
};

const SECRET_BYTES = 32;

/** A new signing secret for one receiver, in the format of Standard Webhooks. */
export const createSigningSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
