import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { createPostOperation, listPostsOperation } from "#lib/http/post-operations";
import { publishReply } from "#lib/http/publish-reply";
import { routeMethods } from "#lib/http/route-methods";
import { withApiKey } from "#lib/http/with-api-key";
import { listPosts, toSelection } from "#lib/posts/list-posts";
import { toDraft } from "#lib/posts/to-draft";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withApiKey(listPostsOperation, async ({ key, query }) => {
    const { count, posts } = await listPosts(key.organizationId, toSelection(query), toPageRange(query));
    return { body: toListEnvelope("/v2/posts", query, count, posts) };
  }),
  POST: withApiKey(createPostOperation, async ({ key, body, ...call }) =>
    publishReply({ organizationId: key.organizationId, keyId: key.id }, toDraft(body), call),
  ),
});
