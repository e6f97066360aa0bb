import { z } from "zod";
import { postOptionsSchema } from "#lib/networks/options";
import { cleanAddress, orNone, seen, seenOrNone, unpublished, withoutInvisible } from "#lib/pasted/schema";
import { rule } from "#lib/problems/problem";

const MAX_ACCOUNTS = 20;

const textSchema = z.union([z.string(), z.array(z.string()).min(1)]);
// An empty item in a list stands for no item. It keeps its position, because a parallel list may refer to it.
const toList = (schema: z.ZodString) => z.union([schema, z.array(z.preprocess((item) => item ?? "", schema))]);
const platformSchema = z.string().overwrite(withoutInvisible).max(40);
const mediaShape = {
  mediaUrls: orNone(toList(z.string().overwrite(cleanAddress))),
  /** Alternative texts for the media, in the same order. */
  altTexts: orNone(toList(z.string())),
};

// Whether times are understood and agree is checked later, with an error of its own. Null counts as absent.
const timeSchema = z
  .preprocess(
    (value) => value ?? undefined,
    z
      .string()
      .meta({ description: "ISO 8601 with a zone", format: "date-time", example: "2030-01-31T09:00:00+08:00" })
      .optional(),
  )
  .optional();
const otherTimeSchema = unpublished(z.string().nullish());
const otherTimes = { scheduled_at: otherTimeSchema, scheduledTime: otherTimeSchema };

const contentSchema = z.strictObject({
  text: orNone(textSchema),
  ...mediaShape,
  platform: seenOrNone(platformSchema),
  additionalPosts: orNone(
    z.array(z.preprocess((part) => part ?? {}, z.strictObject({ text: orNone(z.string()), ...mediaShape }))),
  ),
});

// The allowed members depend on the network, which is not known yet. Members of other networks are refused later, by name.
const targetSchema = z.looseObject({ targetType: seenOrNone(platformSchema) }).meta({ additionalProperties: false });

/** Body of `POST /v2/posts`, in every accepted spelling. */
export const createPostSchema = z.strictObject({
  scheduledAt: otherTimeSchema,
  ...otherTimes,
  post: z.strictObject({
    accountId: seenOrNone(z.string()),
    accountIds: orNone(
      z
        .array(seen(z.string()))
        .max(MAX_ACCOUNTS, { error: rule("accounts_many", { most: MAX_ACCOUNTS }) })
        .meta({ description: "Several accounts: one post each, in one group" }),
    ),
    content: orNone(z.union([z.string(), contentSchema])),
    text: orNone(textSchema),
    ...mediaShape,
    platform: seenOrNone(platformSchema),
    scheduledAt: timeSchema,
    ...otherTimes,
    target: orNone(targetSchema),
    options: orNone(postOptionsSchema),
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

/** The states of posts that no process has begun to publish. */
export const WAITING_STATUSES = ["scheduled", "queued"];

const momentSchema = z.iso.datetime({ precision: 0 });

/** A post as the API shows it to its owner. */
export const postSchema = z.object({
  id: z.uuid(),
  submission_id: z.uuid(),
  status: z.enum(POST_STATUSES),
  account_id: z.uuid(),
  /** The same for all posts of one request to several accounts; null otherwise. */
  group_id: z.uuid().nullable(),
  platform: z.string(),
  text: z.array(z.string()),
  media_urls: z.array(z.string()),
  /** The same media, each with its part and its alternative text. */
  media: z.array(z.object({ part: z.int(), url: z.string(), alt_text: z.string() })),
  post_id: z.string().nullable(),
  post_url: z.string().nullable(),
  parts: z.array(z.object({ index: z.int(), post_id: z.string(), post_url: z.string() })),
  scheduled_at: momentSchema.nullable(),
  created_at: momentSchema,
  published_at: momentSchema.nullable(),
  api_key: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  attempts: z.int(),
  error: z.string().nullable(),
  /** The machine-readable name of the error. */
  error_name: z.string().nullable(),
  warnings: z.array(z.string()),
  /** Who wrote it in the console. Null for posts of API keys, and once their account is gone. */
  author: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
export type Post = z.infer<typeof postSchema>;

export const createdPostSchema = z.object({
  success: z.literal(true),
  message: z.string(),
  postSubmissionId: z.uuid(),
  data: postSchema,
});

export type CreatedPost = z.infer<typeof createdPostSchema>;

/** The answer to a request for several accounts: their posts, in the order of `accountIds`. */
export const createdGroupSchema = z.object({
  success: z.literal(true),
  message: z.string(),
  groupId: z.uuid(),
  data: z.array(postSchema),
});

export type CreatedGroup = z.infer<typeof createdGroupSchema>;

/** Body of `POST /v2/posts/{postId}/retry`. */
export const retryPostSchema = z.strictObject({
  force: orNone(z.boolean().meta({ description: "Publish it even though it may have been published already" })),
});

/** Body of `POST /api/posts/{postId}/retry`. */
export const takeUpPostSchema = z.strictObject({ how: z.enum(["retry", "check", "force"]) });

const attemptSchema = z.object({
  number: z.int(),
  part: z.int(),
  started_at: momentSchema,
  finished_at: momentSchema.nullable(),
  /** Null while the attempt is running. */
  outcome: z.enum(["published", "failed", "later", "unknown", "lapsed"]).nullable(),
  reason: z.string().nullable(),
});

/** A post as the console shows it, with its attempts. */
export const postDetailSchema = postSchema.extend({
  account: z.object({ username: z.string(), display_name: z.string() }),
  /** When the next attempt or check is due; null once the post is settled. */
  next_at: momentSchema.nullable(),
  attempt_log: z.array(attemptSchema),
});
export type PostDetail = z.infer<typeof postDetailSchema>;

/** The content of the `parts` column. */
export const partsSchema = z.array(
  z.object({ text: z.string(), mediaUrls: z.array(z.string()), altTexts: z.array(z.string()).default([]) }),
);
export type Part = z.infer<typeof partsSchema>[number];

/** The filters of the post lists, as in their query. */
export type PostFilter = {
  group_id?: string | undefined;
  status?: (typeof POST_STATUSES)[number] | undefined;
  platform?: string | undefined;
  account_id?: string | undefined;
  /** Available only in the console. */
  id?: string | undefined;
};
