import { z } from "zod";
import type { PostPart as PartRow } from "#lib/db/generated/client";
import type { PublishedPart } from "#lib/networks/connector";

const referenceSchema = z.record(z.string(), z.string());

/** What was recorded of a published part, as its connector gave it. */
export const toPublishedPart = ({ networkPostId, url, reference }: PartRow): PublishedPart => ({
  networkPostId: networkPostId ?? "",
  url: url ?? "",
  reference: referenceSchema.parse(reference ?? {}),
});
