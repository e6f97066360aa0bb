import { toCapabilities } from "#lib/accounts/to-capabilities";
import type { SocialAccount } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { MediaError } from "#lib/media/media-error";
import { openMedium } from "#lib/media/open-medium";
import type { Capabilities } from "#lib/networks/schema";
import type { Part } from "#lib/posts/schema";
import type { Draft } from "#lib/posts/to-draft";

/**
 * Looks at a draft's media where they are, as far as their first bytes and what their servers say, and throws a 400 for
 * what the account's network would not take. Networks that pass addresses on look at nothing. Returns warnings for the
 * author: what is accepted, but not published as it is.
 */
export const checkMedia = async ({ parts }: Draft, account: SocialAccount): Promise<string[]> => {
  const capabilities = toCapabilities(account);
  if (capabilities.media_types.length === 0) return [];
  try {
    for (const part of parts) await checkPart(part, capabilities);
    return [];
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    const { code, message } = error;
    throw new ApiError(code, message, { fields: { "post.content.mediaUrls": [message] }, cause: error });
  }
};

async function checkPart({ mediaUrls }: Part, capabilities: Capabilities): Promise<void> {
  const types = await Promise.all(mediaUrls.map((url) => look(url, capabilities)));
  const video = mediaUrls[types.findIndex((type) => type.startsWith("video/"))];
  if (video === undefined || mediaUrls.length === 1) return;
  throw new MediaError("InvalidMediaType", video, "is a video, which stands alone in a post");
}

async function look(url: string, capabilities: Capabilities): Promise<string> {
  const { type, bytes = 0, close } = await openMedium({ url });
  close();
  const isVideo = type.startsWith("video/");
  if (!capabilities.media_types.includes(type) || (isVideo && !capabilities.video)) {
    const accepted = capabilities.media_types.join(", ");
    throw new MediaError("InvalidMediaType", url, `is ${type}, which the network does not take: ${accepted}`);
  }
  const limit = isVideo ? capabilities.video_bytes : capabilities.image_bytes;
  if (limit === null || bytes <= limit) return type;
  throw new MediaError("MediaTooLarge", url, `has ${bytes} bytes; the network takes ${limit}`);
}
