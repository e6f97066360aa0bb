import type { ApiKey as ApiKeyRow, KeyLastUse } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/to-moment";
import { type ApiKey, apiKeySchema } from "#lib/keys/schema";

/** What may leave of a key's row. The hash has no member to leave by. */
export const toApiKey = (row: ApiKeyRow & { lastUse: KeyLastUse | null }): ApiKey =>
  apiKeySchema.parse({
    id: row.id,
    name: row.name,
    key_preview: row.preview,
    created_at: toMoment(row.createdAt),
    last_used_at: row.lastUse ? toMoment(row.lastUse.lastUsedAt) : null,
    is_active: row.disabledAt === null,
    environment: row.environment,
  });
