import { findMarks, type Mark } from "#lib/networks/bluesky/find-links";

/** A link, mention or tag in a text, with its position in UTF-8 bytes. */
export type Facet = {
  index: { byteStart: number; byteEnd: number };
  features: Record<string, string>[];
};

/** The facets of a text. A mention that `findDids` does not resolve stays plain text. */
export const toFacets = async (
  text: string,
  findDids: (handles: string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<Facet[]> => {
  const facets: Facet[] = [];
  const marks = findMarks(text);
  const handles = marks.flatMap(({ kind, value }) => (kind === "mention" ? [value] : []));
  const dids = handles.length > 0 ? await findDids(handles) : new Map();
  for (const mark of marks) {
    const feature = toFeature(mark, dids);
    if (!feature) continue;
    const byteStart = Buffer.byteLength(text.slice(0, mark.start));
    const byteEnd = byteStart + Buffer.byteLength(text.slice(mark.start, mark.end));
    facets.push({ index: { byteStart, byteEnd }, features: [feature] });
  }
  return facets;
};

function toFeature({ kind, value }: Mark, dids: ReadonlyMap<string, string>): Record<string, string> | undefined {
  if (kind === "link") return { $type: "app.bsky.richtext.facet#link", uri: value };
  if (kind === "tag") return { $type: "app.bsky.richtext.facet#tag", tag: value };
  const did = dids.get(value);
  return did === undefined ? undefined : { $type: "app.bsky.richtext.facet#mention", did };
}
