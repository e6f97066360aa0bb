import { listPublishedPostsOperation } from "#lib/http/post-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { listPosts } from "#lib/posts/list-posts";

const DEFAULT_LIMIT = 20;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(listPublishedPostsOperation, async ({ actor, query }) => {
    const take = query.limit === undefined ? DEFAULT_LIMIT : Number(query.limit);
    const { posts } = await listPosts(actor.organizationId, { status: "published" }, { skip: 0, take });
    return { body: { posts } };
  }),
});
