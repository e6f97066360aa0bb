import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { composePostOperation, listOwnPostsOperation } from "#lib/http/post-operations";
import { publishReply } from "#lib/http/publish-reply";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { toAuthor } from "#lib/posts/accept-post";
import { listPostDetails, toSelection } from "#lib/posts/list-posts";
import { toDraft } from "#lib/posts/to-draft";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(listOwnPostsOperation, async ({ actor, query, locale }) => {
    const range = { ...toPageRange(query), locale };
    const { count, posts } = await listPostDetails(actor.organizationId, toSelection(query), range);
    return { body: toListEnvelope("/api/posts", query, count, posts) };
  }),
  POST: withMembership(composePostOperation, async ({ actor, session, locale, body, ...call }) =>
    publishReply(toAuthor(actor, session.user, locale), toDraft(body), call),
  ),
});
