import { ConnectError } from "#lib/networks/connect-error";
import type { OutsideAnswer } from "#lib/outbound/fetch-outside";
import { readText } from "#lib/outbound/read-body";

const CHAT_HOSTS = /(^|\.)(discord|discordapp|slack|slack-gov)\.com$/;
const CHAT_SENTENCE =
  "Discord and Slack take messages of their own form alone. Give the address of a program that passes posts on to them, for example a workflow in n8n, Make or Zapier.";

/** Throws `ConnectError` for the address of a service that is known to understand no messages but its own. */
export const requireOwnReceiver = ({ hostname }: URL): void => {
  if (CHAT_HOSTS.test(hostname.replace(/\.$/, ""))) throw new ConnectError("url", CHAT_SENTENCE);
};

/** Throws `ConnectError` unless an answer to the test message is that of a receiver that will take posts. */
export const requireUnderstanding = async ({ status, body }: OutsideAnswer): Promise<void> => {
  const said = await readText(body).catch(() => "");
  if ((status >= 200 && status < 300) || isNotYetTrusting(status, said)) return;
  throw new ConnectError("url", toSentence(status));
};

// Whoever checks signatures has to refuse the first message: its secret is told only once this has succeeded.
function isNotYetTrusting(status: number, said: string): boolean {
  return status === 401 || status === 403 || (status === 400 && /signature|webhook-(id|timestamp)/i.test(said));
}

function toSentence(status: number): string {
  if (status === 404 || status === 405 || status === 410) {
    return `Nothing here takes messages by POST: a test message was answered with ${status}.`;
  }
  if (status === 429 || status >= 500) {
    return `This receiver has a problem of its own: it answered a test message with ${status}. Try again later.`;
  }
  return `This receiver does not understand messages from here: it answered a test message with ${status}. If it is because of their signature, let it answer 401 until it knows the secret.`;
}
