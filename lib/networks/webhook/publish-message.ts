import { z } from "zod";
import type { ConnectedAccount, PublishedPart, Submission } from "#lib/networks/connector";
import { NetworkError, toNetworkError } from "#lib/networks/network-error";
import type { OutsideAnswer } from "#lib/outbound/fetch-outside";
import { explainOutboundError, OutboundError } from "#lib/outbound/outbound-error";
import { readJson, readRetryAfter } from "#lib/outbound/read-body";
import { say } from "#lib/problems/problem";
import { type Message, postMessage, type Receiver } from "#lib/standard-webhooks/post-message";

const credentialSchema = z.object({ signing_secret: z.string() });

/** The receiver of an account. */
export const toReceiver = ({ networkUserId, credential }: ConnectedAccount): Receiver => ({
  url: networkUserId,
  secret: credentialSchema.parse(credential).signing_secret,
});

const MAX_CHARACTERS = 2000;

// A receiver may report the post's id and address. Other content is ignored.
const answerSchema = z.object({
  id: z.string().min(1).max(MAX_CHARACTERS).optional().catch(undefined),
  url: z
    .url({ protocol: /^https?$/ })
    .max(MAX_CHARACTERS)
    .optional()
    .catch(undefined),
});

/** Sends a part to the receiver. The part's identity is the message id, by which the receiver recognises a repeat. */
export const publishMessage = async (account: ConnectedAccount, submission: Submission): Promise<PublishedPart> => {
  const receiver = toReceiver(account);
  const { identity } = submission;
  const { body } = await sendMessage(receiver, { id: identity, body: toBody(submission) });
  // The receiver has accepted the message, whatever else its answer contains.
  const answer = answerSchema.safeParse(await readJson(body).catch(() => undefined)).data;
  return { networkPostId: answer?.id ?? identity, url: answer?.url ?? new URL(receiver.url).origin, reference: {} };
};

function toBody({ postId, index, part, thread, createdAt }: Submission): string {
  const data = {
    post_id: postId,
    index,
    text: part.text,
    media: part.media.map(({ url, altText }) => ({ url, alt_text: altText })),
    thread: thread ? { root: toPlace(thread.root), parent: toPlace(thread.parent) } : null,
  };
  return JSON.stringify({ type: "post.publish", timestamp: createdAt.toISOString(), data });
}

function toPlace({ networkPostId, url }: PublishedPart) {
  return { id: networkPostId, url };
}

/** Sends a message and returns the answer if the receiver accepted it. Throws `NetworkError` otherwise. */
export const sendMessage = async (receiver: Receiver, message: Message): Promise<OutsideAnswer> => {
  const answer = await postMessage(receiver, message).catch((thrown) => {
    throw toFailure(thrown);
  });
  const error = toAnswerError(answer);
  if (!error) return answer;
  answer.body.destroy();
  throw error;
};

// A redirect is an answer, but it does not accept the message.
function toFailure(thrown: unknown): NetworkError {
  if (!(thrown instanceof OutboundError) || thrown.code !== "TooManyRedirects") return toNetworkError(thrown);
  return new NetworkError("refused", explainOutboundError(thrown), { cause: thrown });
}

/** The error that an answer stands for, or undefined when the receiver accepted the message. */
const toAnswerError = ({ status, headers }: OutsideAnswer): NetworkError | undefined => {
  if (status >= 200 && status < 300) return undefined;
  if (status === 410) return new NetworkError("revoked", say("receiver_gone", { status }));
  const retryAt = readRetryAfter(headers);
  if (status === 429 || (status === 503 && retryAt)) {
    return new NetworkError("rate_limited", say("receiver_later", { status }), { retryAt });
  }
  if (status >= 500) return new NetworkError("uncertain", say("receiver_failed", { status }));
  return new NetworkError("refused", say("receiver_refused", { status }));
};
