import type { KeyLeak as KeyLeakRow } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/to-moment";
import { type KeyLeak, keyLeakSchema } from "#lib/leaks/schema";

/** What may leave of a leak's row. */
export const toKeyLeak = (row: KeyLeakRow): KeyLeak =>
  keyLeakSchema.parse({
    key_id: row.keyId,
    source: row.source,
    url: row.url,
    reported_at: toMoment(row.reportedAt),
    acknowledged_at: row.acknowledgedAt && toMoment(row.acknowledgedAt),
  });
