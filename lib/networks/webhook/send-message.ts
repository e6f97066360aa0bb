import { NetworkError } from "#lib/networks/network-error";
import { toNetworkError } from "#lib/networks/to-network-error";
import { toAnswerError } from "#lib/networks/webhook/to-answer-error";
import { explainOutboundError } from "#lib/outbound/explain-outbound-error";
import type { OutsideAnswer } from "#lib/outbound/fetch-outside";
import { OutboundError } from "#lib/outbound/outbound-error";
import { postMessage, type Receiver } from "#lib/standard-webhooks/post-message";
import type { Message } from "#lib/standard-webhooks/to-signed-headers";

/** Sends a message and returns the answer of a receiver that took it. Throws `NetworkError` for any other. */
export const sendMessage = async (receiver: Receiver, message: Message): Promise<OutsideAnswer> => {
  const answer = await postMessage(receiver, message).catch((thrown) => {
    throw toFailure(thrown);
  });
  const error = toAnswerError(answer);
  if (!error) return answer;
  answer.body.destroy();
  throw error;
};

// Where to look instead is an answer, and none that took the message.
function toFailure(thrown: unknown): NetworkError {
  if (!(thrown instanceof OutboundError) || thrown.code !== "TooManyRedirects") return toNetworkError(thrown);
  return new NetworkError("refused", explainOutboundError(thrown), { cause: thrown });
}
