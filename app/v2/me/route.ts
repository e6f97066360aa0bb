import { getKeyInUseOperation } from "#lib/http/post-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withOwnedKey } from "#lib/http/with-api-key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withOwnedKey(getKeyInUseOperation, async ({ key }) => ({
    body: {
      id: key.id,
      name: key.name,
      key_preview: key.preview,
      environment: key.environment,
      expires_at: key.expiresAt,
      owner_email: key.ownerEmail,
      organization_id: key.organizationId,
    },
  })),
});
