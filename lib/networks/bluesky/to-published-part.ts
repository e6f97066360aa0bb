import { z } from "zod";
import type { ConnectedAccount, PublishedPart } from "#lib/networks/connector";

/** What names a record, and what an answer to it has to name. */
export const recordSchema = z.object({ uri: z.string().startsWith("at://"), cid: z.string() });

/** A record as the post that people see. */
export const toPublishedPart = (
  { networkUserId }: ConnectedAccount,
  recordKey: string,
  { uri, cid }: z.infer<typeof recordSchema>,
): PublishedPart => ({
  networkPostId: uri,
  // A handle may change hands, and its addresses with it.
  url: `https://bsky.app/profile/${networkUserId}/post/${recordKey}`,
  reference: { uri, cid },
});
