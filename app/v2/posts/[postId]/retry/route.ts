import { retryPostOperation } from "#lib/http/post-operations";
import { retryReply } from "#lib/http/publish-reply";
import { routeMethods } from "#lib/http/route-methods";
import { withApiKey } from "#lib/http/with-api-key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withApiKey(retryPostOperation, async ({ key, body, params, request }) => {
    const author = { organizationId: key.organizationId, keyId: key.id };
    return retryReply(author, { request, postId: params.postId, again: body.force ? "force" : "retry" });
  }),
});
