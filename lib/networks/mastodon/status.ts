import { z } from "zod";
import type { PublishedPart } from "#lib/networks/connector";

/** An id on a server. Some servers use numbers. */
export const idSchema = z.union([z.string(), z.int().transform(String)]).pipe(z.string().regex(/^[\w-]{1,64}$/));

/** A published status as a server describes it. */
export const statusSchema = z.object({
  id: idSchema,
  created_at: z.string().pipe(z.coerce.date()),
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .catch(null),
  content: z.string().catch(""),
  in_reply_to_id: idSchema.nullable().catch(null),
  media_attachments: z.array(z.unknown()).catch([]),
  application: z.object({ name: z.string() }).nullable().catch(null),
  reblog: z.unknown().optional(),
});
export type Status = z.infer<typeof statusSchema>;

/** Converts a status to a published part. */
export const toPublishedPart = ({ id, url }: Pick<Status, "id" | "url">, serverUrl: string): PublishedPart => ({
  networkPostId: id,
  url: url ?? `${serverUrl}/web/statuses/${id}`,
  reference: { id },
});
