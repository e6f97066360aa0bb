import { findMarks, type Mark } from "#lib/networks/bluesky/find-marks";

/** What a part of a text means, by its place in bytes of UTF-8. */
export type Facet = {
  index: { byteStart: number; byteEnd: number };
  features: Record<string, string>[];
};

/** The facets of a text. A mention of somebody whom `findDid` does not find stays text. */
export const toFacets = async (
  text: string,
  findDid: (handle: string) => Promise<string | undefined>,
): Promise<Facet[]> => {
  const facets: Facet[] = [];
  for (const mark of findMarks(text)) {
    const feature = await toFeature(mark, findDid);
    if (!feature) continue;
    const byteStart = Buffer.byteLength(text.slice(0, mark.start));
    const byteEnd = byteStart + Buffer.byteLength(text.slice(mark.start, mark.end));
    facets.push({ index: { byteStart, byteEnd }, features: [feature] });
  }
  return facets;
};

async function toFeature(
  { kind, value }: Mark,
  findDid: (handle: string) => Promise<string | undefined>,
): Promise<Record<string, string> | undefined> {
  if (kind === "link") return { $type: "app.bsky.richtext.facet#link", uri: value };
  if (kind === "tag") return { $type: "app.bsky.richtext.facet#tag", tag: value };
  const did = await findDid(value);
  return did === undefined ? undefined : { $type: "app.bsky.richtext.facet#mention", did };
}
