import type { Reply } from "#lib/http/operation";
import type { GeneratedKey } from "#lib/keys/schema";

/** Answers with a key that was made, and says so when it was made by an earlier request. */
export const toGeneratedReply = (body: GeneratedKey): Reply<GeneratedKey> => ({
  body,
  ...(body.key === undefined && { headers: { "Idempotent-Replayed": "true" } }),
});
