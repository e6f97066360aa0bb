import { z } from "zod";
import { listEnvelopeSchema, pageQuerySchema, upTo100Schema } from "#lib/http/list-envelope";
import { defineMemberOperation, defineOperation } from "#lib/http/operation";
import { environmentSchema } from "#lib/keys/schema";
import { ownPostFilterSchema, postFilterSchema } from "#lib/posts/list-posts";
import { readSchedule } from "#lib/posts/read-schedule";
import {
  createdGroupSchema,
  createdPostSchema,
  createPostSchema,
  postDetailSchema,
  postSchema,
  retryPostSchema,
  takeUpPostSchema,
} from "#lib/posts/schema";

export const createPostOperation = defineOperation({
  id: "createPost",
  method: "POST",
  path: "/v2/posts",
  scope: "posts:write",
  summary:
    "Publish a post, now or at scheduledAt; without accountId it goes to your sandbox. Waits as Prefer: wait says",
  body: createPostSchema,
  inspectBody: readSchedule,
  isIdempotent: true,
  isWaiting: true,
  answer: {
    status: 201,
    description: "The post, committed, as far as it came; with `accountIds` one post for each account",
    schema: z.union([createdPostSchema, createdGroupSchema]),
  },
  errors: [409, 502],
});

export const listPostsOperation = defineOperation({
  id: "listPosts",
  method: "GET",
  path: "/v2/posts",
  scope: "posts:read",
  summary: "Your posts, newest first",
  query: postFilterSchema.extend(pageQuerySchema.shape),
  answer: { status: 200, description: "One page of posts", schema: listEnvelopeSchema(postSchema) },
  errors: [404],
});

export const getPostOperation = defineOperation({
  id: "getPost",
  method: "GET",
  path: "/v2/posts/{postId}",
  scope: "posts:read",
  summary: "One of your posts",
  answer: { status: 200, description: "The post", schema: postSchema },
  errors: [404],
});

export const cancelPostOperation = defineOperation({
  id: "cancelPost",
  method: "DELETE",
  path: "/v2/posts/{postId}",
  scope: "posts:write",
  summary: "Cancel a post that waits",
  answer: { status: 200, description: "The post is cancelled", schema: createdPostSchema },
  errors: [404, 409],
});

export const retryPostOperation = defineOperation({
  id: "retryPost",
  method: "POST",
  path: "/v2/posts/{postId}/retry",
  scope: "posts:write",
  summary: "Publish a post that failed once more, from the part at which it failed",
  body: retryPostSchema,
  isBodyOptional: true,
  isWaiting: true,
  answer: { status: 200, description: "The post, as far as it came", schema: createdPostSchema },
  errors: [404, 409, 502],
});

export const listOwnPostsOperation = defineMemberOperation({
  id: "listOwnPosts",
  act: "organization.read",
  method: "GET",
  path: "/api/posts",
  summary: "Your posts with all that was tried, newest first",
  query: ownPostFilterSchema.extend(pageQuerySchema.shape),
  answer: { status: 200, description: "One page of posts", schema: listEnvelopeSchema(postDetailSchema) },
  errors: [404],
});

export const composePostOperation = defineMemberOperation({
  id: "composePost",
  act: "posts.write",
  method: "POST",
  path: "/api/posts",
  summary: "Publish a post from the console",
  body: createPostSchema,
  inspectBody: readSchedule,
  isIdempotent: true,
  isWaiting: true,
  answer: {
    status: 201,
    description: "The post, committed, as far as it came; with `accountIds` one post for each account",
    schema: z.union([createdPostSchema, createdGroupSchema]),
  },
  errors: [409, 502],
});

export const cancelOwnPostOperation = defineMemberOperation({
  id: "cancelOwnPost",
  act: "posts.write",
  method: "DELETE",
  path: "/api/posts/{postId}",
  summary: "Cancel a post that waits",
  answer: { status: 200, description: "The post is cancelled", schema: createdPostSchema },
  errors: [404, 409],
});

export const takeUpPostOperation = defineMemberOperation({
  id: "takeUpPost",
  act: "posts.write",
  method: "POST",
  path: "/api/posts/{postId}/retry",
  summary: "Retry a failed post, check an unknown one again, or publish it anyway",
  body: takeUpPostSchema,
  isWaiting: true,
  answer: { status: 200, description: "The post, as far as it came", schema: createdPostSchema },
  errors: [404, 409, 502],
});

export const listPublishedPostsOperation = defineMemberOperation({
  id: "listPublishedPosts",
  act: "organization.read",
  method: "GET",
  path: "/api/published-posts",
  summary: "Your published posts and which key made each, newest first",
  query: z.object({ limit: upTo100Schema.optional() }),
  answer: {
    status: 200,
    description: "Your newest published posts",
    schema: z.object({ posts: z.array(postSchema) }),
  },
  errors: [],
});

export const getKeyInUseOperation = defineOperation({
  id: "getKeyInUse",
  method: "GET",
  path: "/v2/me",
  summary: "The API key in use",
  answer: {
    status: 200,
    description: "The key and its owner",
    schema: z.object({
      id: z.uuid(),
      name: z.string(),
      key_preview: z.string(),
      environment: environmentSchema.nullable(),
      expires_at: z.iso.datetime({ precision: 0 }).nullable(),
      owner_email: z.string().nullable(),
      organization_id: z.uuid(),
    }),
  },
  errors: [],
});
