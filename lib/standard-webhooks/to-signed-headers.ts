import { createHmac } from "node:crypto";

/** A message as it is sent: every time under the same id, and letter by letter the same. */
export type Message = { id: string; body: string };

/** The headers by which a receiver knows the sender, the message and the moment, as Standard Webhooks has them. */
export const toSignedHeaders = (secret: string, { id, body }: Message, at: Date): Record<string, string> => {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
};
