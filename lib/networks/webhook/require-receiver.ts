import { ConnectError } from "#lib/networks/connect-error";
import type { OutsideAnswer } from "#lib/outbound/fetch-outside";
import { readText } from "#lib/outbound/read-body";
import { type Problem, say } from "#lib/problems/problem";

const CHAT_HOSTS = /(^|\.)(discord|discordapp|slack|slack-gov)\.com$/;
const CHAT_PROBLEM = say("receiver_is_chat");

/** Throws `ConnectError` for the address of a service that is known to understand no messages but its own. */
export const requireOwnReceiver = ({ hostname }: URL): void => {
  if (CHAT_HOSTS.test(hostname.replace(/\.$/, ""))) throw new ConnectError("url", CHAT_PROBLEM);
};

/** Throws `ConnectError` unless an answer to the test message is that of a receiver that will take posts. */
export const requireUnderstanding = async ({ status, body }: OutsideAnswer): Promise<void> => {
  const said = await readText(body).catch(() => "");
  if ((status >= 200 && status < 300) || isNotYetTrusting(status, said)) return;
  throw new ConnectError("url", toProblem(status));
};

// Whoever checks signatures has to refuse the first message: its secret is told only once this has succeeded.
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
