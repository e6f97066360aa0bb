import { z } from "zod";

const textSchema = z.union([z.string(), z.array(z.string()).min(1)]);
const mediaUrlsSchema = z.union([z.string(), z.array(z.string())]);
const platformSchema = z.string().max(40);

const contentSchema = z.strictObject({
  text: textSchema.optional(),
  mediaUrls: mediaUrlsSchema.optional(),
  platform: platformSchema.optional(),
  additionalPosts: z
    .array(z.strictObject({ text: z.string().optional(), mediaUrls: mediaUrlsSchema.optional() }))
    .optional(),
});

/** Body of `POST /v2/posts`, in every accepted spelling. Networks add members of their own to `target`. */
export const createPostSchema = z.strictObject({
  post: z.strictObject({
    accountId: z.string().optional(),
    content: z.union([z.string(), contentSchema]).optional(),
    text: textSchema.optional(),
    mediaUrls: mediaUrlsSchema.optional(),
    platform: platformSchema.optional(),
    target: z.looseObject({ targetType: platformSchema.optional() }).optional(),
  }),
});
export type CreatePost = z.infer<typeof createPostSchema>;

export const POST_STATUSES = [
  "scheduled",
  "queued",
  "publishing",
  "published",
  "failed",
  "unknown",
  "cancelled",
] as const;

const momentSchema = z.iso.datetime({ precision: 0 });

/** A post as its owner's programs see it. */
export const postSchema = z.object({
  id: z.uuid(),
  submission_id: z.uuid(),
  status: z.enum(POST_STATUSES),
  account_id: z.uuid(),
  platform: z.string(),
  text: z.array(z.string()),
  media_urls: z.array(z.string()),
  post_id: z.string().nullable(),
  post_url: z.string().nullable(),
  parts: z.array(z.object({ index: z.int(), post_id: z.string(), post_url: z.string() })),
  scheduled_at: momentSchema.nullable(),
  created_at: momentSchema,
  published_at: momentSchema.nullable(),
  api_key: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  attempts: z.int(),
  error: z.string().nullable(),
  warnings: z.array(z.string()),
});
export type Post = z.infer<typeof postSchema>;

export const createdPostSchema = z.object({
  success: z.literal(true),
  message: z.string(),
  postSubmissionId: z.uuid(),
  data: postSchema,
});

/** What a post's row keeps in its `parts` column. */
export const partsSchema = z.array(z.object({ text: z.string(), mediaUrls: z.array(z.string()) }));
export type Part = z.infer<typeof partsSchema>[number];

/** Which posts `GET /v2/posts` lists. */
export const postFilterSchema = z.object({
  status: z.enum(POST_STATUSES).optional(),
  platform: platformSchema.optional(),
  account_id: z.uuid({ error: "Expected the id of an account." }).optional(),
});
