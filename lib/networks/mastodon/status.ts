import { z } from "zod";
import type { PublishedPart } from "#lib/networks/connector";

/** A published text as a server describes it. */
export const statusSchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  created_at: z.coerce.date(),
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .catch(null),
  content: z.string(),
  in_reply_to_id: z.string().nullable().catch(null),
  media_attachments: z.array(z.unknown()).catch([]),
  application: z.object({ name: z.string() }).nullable().catch(null),
  reblog: z.unknown().optional(),
});
export type Status = z.infer<typeof statusSchema>;

/** A status as what the rest of the product keeps of it. */
export const toPublishedPart = ({ id, url }: Pick<Status, "id" | "url">, serverUrl: string): PublishedPart => ({
  networkPostId: id,
  url: url ?? `${serverUrl}/web/statuses/${id}`,
  reference: { id },
});
