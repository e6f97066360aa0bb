import { toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { composePostOperation, listOwnPostsOperation } from "#lib/http/post-operations";
import { publishReply } from "#lib/http/publish-reply";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { listPostDetails } from "#lib/posts/list-posts";
import { toDraft } from "#lib/posts/to-draft";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(listOwnPostsOperation, async ({ userId, query, locale }) => {
    const selection = { id: query.id, status: query.status, network: query.platform, accountId: query.account_id };
    const { count, posts } = await listPostDetails(userId, selection, { ...toPageRange(query), locale });
    return { body: toListEnvelope("/api/posts", query, count, posts) };
  }),
  POST: withSession(composePostOperation, async ({ userId, locale, body, ...call }) =>
    publishReply({ userId, locale, keyId: null }, toDraft(body), call),
  ),
});
