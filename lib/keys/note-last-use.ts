import { database } from "#lib/db/database";
import { log, toLogFields } from "#lib/log";

export const LAST_USED_RESOLUTION_SECONDS = 60;
const FLUSH_DELAY_SECONDS = 1;

type Notes = {
  /** Moments that are not written yet, in milliseconds, by key. */
  pending: Map<string, number>;
  /** When each key's moment was last written. */
  written: Map<string, number>;
  timer: NodeJS.Timeout | undefined;
};

// Next compiles its own copy of this module; both must keep one set of notes.
const shared = globalThis as { boringLastUses?: Notes };

/** Remembers that a key was used now. Returns at once; the moment is written within a minute, or at a clean stop. */
export const noteLastUse = (keyId: string): void => {
  const notes = lastUses();
  notes.pending.set(keyId, Date.now());
  schedule(notes);
};

/** Writes every moment that is not written yet. For a clean stop. */
export const flushLastUses = async (): Promise<void> => {
  const notes = lastUses();
  clearTimeout(notes.timer);
  notes.timer = undefined;
  await write(notes, [...notes.pending]);
};

function lastUses(): Notes {
  shared.boringLastUses ??= { pending: new Map(), written: new Map(), timer: undefined };
  return shared.boringLastUses;
}

function schedule(notes: Notes): void {
  notes.timer ??= setTimeout(() => {
    void writeDue(notes).finally(() => {
      notes.timer = undefined;
      if (notes.pending.size > 0) schedule(notes);
    });
  }, FLUSH_DELAY_SECONDS * 1000).unref();
}

// A key's first use shows up at once, the following ones once a minute.
async function writeDue(notes: Notes): Promise<void> {
  const dueBefore = Date.now() - LAST_USED_RESOLUTION_SECONDS * 1000;
  for (const [keyId, moment] of notes.written) if (moment <= dueBefore) notes.written.delete(keyId);
  const due = [...notes.pending].filter(([keyId]) => !notes.written.has(keyId));
  try {
    await write(notes, due);
  } catch (error) {
    log("warn", "Last uses could not be written; they will be tried again", toLogFields(error));
  }
}

async function write(notes: Notes, entries: [keyId: string, moment: number][]): Promise<void> {
  if (entries.length === 0) return;
  const { prisma } = await database();
  const keyIds = entries.map(([keyId]) => keyId);
  const moments = entries.map(([, moment]) => new Date(moment).toISOString());
  await prisma.$executeRaw`
    INSERT INTO key_last_uses (key_id, last_used_at)
    SELECT used.key_id, least(used.moment, now())
    FROM unnest(${keyIds}::uuid[], ${moments}::timestamptz[]) AS used (key_id, moment)
    JOIN api_keys k ON k.id = used.key_id AND k.revoked_at IS NULL
    ON CONFLICT (key_id) DO UPDATE SET last_used_at = greatest(key_last_uses.last_used_at, excluded.last_used_at)`;
  for (const [keyId, moment] of entries) {
    notes.written.set(keyId, Date.now());
    if (notes.pending.get(keyId) === moment) notes.pending.delete(keyId);
  }
}
