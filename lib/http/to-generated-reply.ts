import type { Reply } from "#lib/http/operation";
import type { GeneratedKey } from "#lib/keys/schema";

/** Replies with a generated key, and says so when an earlier request generated it. */
export const toGeneratedReply = (body: GeneratedKey): Reply<GeneratedKey> => ({
  body,
  ...(body.key === undefined && { headers: { "Idempotent-Replayed": "true" } }),
});
