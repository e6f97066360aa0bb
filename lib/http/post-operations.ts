import { z } from "zod";
import { listEnvelopeSchema, pageQuerySchema } from "#lib/http/list-envelope";
import { defineOperation } from "#lib/http/operation";
import { environmentSchema } from "#lib/keys/schema";
import { refuseScheduling } from "#lib/posts/refuse-scheduling";
import { createdPostSchema, createPostSchema, postFilterSchema, postSchema } from "#lib/posts/schema";

export const createPostOperation = defineOperation({
  id: "createPost",
  method: "POST",
  path: "/v2/posts",
  scope: "posts:write",
  summary: "Publish a post; without accountId it goes to your sandbox",
  body: createPostSchema,
  inspectBody: refuseScheduling,
  isIdempotent: true,
  answer: { status: 201, description: "The post, committed", schema: createdPostSchema },
  errors: [409],
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
      owner_email: z.string(),
    }),
  },
  errors: [],
});
