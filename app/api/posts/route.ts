import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { composePostOperation, listOwnPostsOperation } from "#lib/http/post-operations";
import { publishReply } from "#lib/http/publish-reply";
import { routeMethods } from "#lib/http/route-methods";
import { withMembership } from "#lib/http/with-session";
import { toAuthor } from "#lib/posts/accept-post";
import { listPostDetails } from "#lib/posts/list-posts";
import { toDraft } from "#lib/posts/to-draft";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withMembership(listOwnPostsOperation, async ({ actor, query, locale }) => {
    const selection = {
      id: query.id,
      status: query.status,
      network: query.platform,
      accountId: query.account_id,
      groupId: query.group_id,
    };
    const { count, posts } = await listPostDetails(actor.organizationId, selection, { ...toPageRange(query), locale });
    return { body: toListEnvelope("/api/posts", query, count, posts) };
  }),
  POST: withMembership(composePostOperation, async ({ actor, session, locale, body, ...call }) =>
    publishReply(toAuthor(actor, session.user, locale), toDraft(body), call),
  ),
});
