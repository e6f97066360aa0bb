import { currentTime } from "#lib/clock";
import { database } from "#lib/db/database";
import { log, toLogFields } from "#lib/log";

const LAST_USED_RESOLUTION_SECONDS = 60;
const FLUSH_DELAY_SECONDS = 1;

type Use = { moment: number; address: string };

type Notes = {
  /** Uses not yet written, by key. */
  pending: Map<string, Use>;
  /** When each key's last use was last written. */
  written: Map<string, number>;
  timer: NodeJS.Timeout | undefined;
};

const notes: Notes = { pending: new Map(), written: new Map(), timer: undefined };

/**
 * Records that a key was used now, from an address. Returns at once. The use is written within a minute, or at a clean
 * shutdown.
 */
export const noteLastUse = (keyId: string, address: string): void => {
  notes.pending.set(keyId, { moment: currentTime(), address });
  schedule();
};

/** Writes all pending uses. For a clean shutdown. */
export const flushLastUses = async (): Promise<void> => {
  clearTimeout(notes.timer);
  notes.timer = undefined;
  await write([...notes.pending]);
};

function schedule(): void {
  notes.timer ??= setTimeout(() => {
    void writeDue().finally(() => {
      notes.timer = undefined;
      if (notes.pending.size > 0) schedule();
    });
  }, FLUSH_DELAY_SECONDS * 1000).unref();
}

// A key's first use is written soon, later ones at most once a minute.
async function writeDue(): Promise<void> {
  const dueBefore = Date.now() - LAST_USED_RESOLUTION_SECONDS * 1000;
  for (const [keyId, moment] of notes.written) if (moment <= dueBefore) notes.written.delete(keyId);
  const due = [...notes.pending].filter(([keyId]) => !notes.written.has(keyId));
  try {
    await write(due);
  } catch (error) {
    log("warn", "The last uses of keys could not be saved; the server will try again", toLogFields(error));
  }
}

async function write(entries: [keyId: string, use: Use][]): Promise<void> {
  if (entries.length === 0) return;
  const { prisma } = await database();
  const keyIds = entries.map(([keyId]) => keyId);
  const moments = entries.map(([, { moment }]) => new Date(moment).toISOString());
  const addresses = entries.map(([, { address }]) => address);
  await prisma.$executeRaw`
    INSERT INTO key_last_uses (key_id, last_used_at, address)
    SELECT used.key_id, least(used.moment, now()), nullif(used.address, '')
    FROM unnest(${keyIds}::uuid[], ${moments}::timestamptz[], ${addresses}::text[]) AS used (key_id, moment, address)
    JOIN api_keys k ON k.id = used.key_id AND k.revoked_at IS NULL
    ON CONFLICT (key_id) DO UPDATE SET last_used_at = excluded.last_used_at, address = excluded.address
    WHERE excluded.last_used_at >= key_last_uses.last_used_at`;
  for (const [keyId, use] of entries) {
    notes.written.set(keyId, Date.now());
    if (notes.pending.get(keyId) === use) notes.pending.delete(keyId);
  }
}
