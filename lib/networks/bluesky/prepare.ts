import type { OpenedMedium } from "#lib/media/opened-medium";
import { findDids } from "#lib/networks/bluesky/find-dids";
import { ownServer } from "#lib/networks/bluesky/own-server";
import { type Facet, toFacets } from "#lib/networks/bluesky/to-facets";
import { type Blob, uploadMedium } from "#lib/networks/bluesky/upload-medium";
import type { ConnectedAccount, Medium, PostPart } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

/** What a record holds besides its text. */
export type Prepared = { facets: Facet[]; embed: Record<string, unknown> | undefined };

type Uploaded = { type: string; alt: string; blob: Blob; aspectRatio: OpenedMedium["size"] };
type Open = (medium: Medium) => Promise<OpenedMedium>;

/** Finds out whom a text mentions and uploads its media. */
export const prepare = async (account: ConnectedAccount, { text, media }: PostPart, open: Open): Promise<Prepared> => {
  const { images } = account.capabilities;
  if (media.length > images) throw new NetworkError("refused", say("bluesky_images", { most: images }));
  const uploaded: Uploaded[] = [];
  for (const medium of media) {
    const opened = await open(medium);
    const blob = await uploadMedium(account, medium.url, opened);
    uploaded.push({ type: opened.type, alt: medium.altText, blob, aspectRatio: opened.size });
  }
  const facets = await toFacets(text, (handles) => findDids(ownServer(account), handles));
  return { facets, embed: toEmbed(uploaded) };
};

function toEmbed(uploaded: Uploaded[]): Prepared["embed"] {
  const [first] = uploaded;
  if (!first) return undefined;
  if (!uploaded.some(({ type }) => type.startsWith("video/"))) {
    const images = uploaded.map(({ alt, blob, aspectRatio }) => ({
      alt,
      image: blob,
      ...(aspectRatio && { aspectRatio }),
    }));
    return { $type: "app.bsky.embed.images", images };
  }
  if (uploaded.length > 1) throw new NetworkError("refused", say("bluesky_video_alone"));
  const { alt, blob, aspectRatio } = first;
  return { $type: "app.bsky.embed.video", video: blob, ...(alt && { alt }), ...(aspectRatio && { aspectRatio }) };
}
