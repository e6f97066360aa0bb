import { z } from "zod";
import type { ConnectedAccount, PublishedPart, Submission } from "#lib/networks/connector";
import { sendMessage } from "#lib/networks/webhook/send-message";
import { toReceiver } from "#lib/networks/webhook/to-receiver";
import { readJson } from "#lib/outbound/read-body";

const MAX_CHARACTERS = 2000;

// A receiver may say what became of a post; what it says otherwise is its own.
const answerSchema = z.object({
  id: z.string().min(1).max(MAX_CHARACTERS).optional().catch(undefined),
  url: z
    .url({ protocol: /^https?$/ })
    .max(MAX_CHARACTERS)
    .optional()
    .catch(undefined),
});

/** Sends a part to the receiver under its identity, by which it is recognised when it comes again. */
export const publishMessage = async (account: ConnectedAccount, submission: Submission): Promise<PublishedPart> => {
  const receiver = toReceiver(account);
  const { identity } = submission;
  const { body } = await sendMessage(receiver, { id: identity, body: toBody(submission) });
  // The receiver has taken it, whatever becomes of the rest of its answer.
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
