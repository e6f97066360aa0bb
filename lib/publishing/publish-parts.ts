import type { PostPart, Thread } from "#lib/networks/connector";
import { type Part, partsSchema } from "#lib/posts/schema";
import type { Way } from "#lib/publishing/open-way";
import { publishPart } from "#lib/publishing/publish-part";
import { toPublishedPart } from "#lib/publishing/to-published-part";

/** Publishes the parts of a post that its network does not have yet, one after the other, each answering the one before. */
export const publishParts = async (way: Way): Promise<void> => {
  const { parts, publishedParts } = way.post;
  const done = publishedParts.filter(({ publishedAt }) => publishedAt).map(toPublishedPart);
  for (const [index, part] of partsSchema.parse(parts).entries()) {
    if (index < done.length) continue;
    way.index = index;
    const [root, parent] = [done[0], done.at(-1)];
    const thread: Thread | undefined = root && parent && { root, parent };
    done.push(await publishPart(way, toPostPart(part), thread));
  }
};

function toPostPart({ text, mediaUrls, altTexts }: Part): PostPart {
  return { text, media: mediaUrls.map((url, index) => ({ url, altText: altTexts[index] ?? "" })) };
}
