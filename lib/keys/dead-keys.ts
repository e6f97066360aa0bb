import { z } from "zod";
import { currentMoment } from "#lib/clock";
import { appendNotes, readNotes } from "#lib/db/notes-file";
import { log, toLogFields } from "#lib/log";

const deadKeySchema = z.object({ id: z.uuid(), at: z.iso.datetime(), why: z.enum(["deleted", "leaked"]) });

/** A key that must never work again, and since when. */
export type DeadKey = z.infer<typeof deadKeySchema>;

const FILE = "dead-keys.jsonl";

/**
 * Records outside the database that keys were deleted or leaked, because a restored backup would not know it. The record is
 * on disk when this returns. The keys are already dead, so a failure is only logged.
 */
export const noteDeadKeys = async (ids: string[], why: DeadKey["why"]): Promise<void> => {
  const at = currentMoment().toISOString();
  try {
    await appendNotes(
      FILE,
      ids.map((id) => ({ id, at, why }) satisfies DeadKey),
    );
  } catch (error) {
    const message = "Dead keys could not be written down; a backup that is restored would bring them back";
    log("error", `${message}: ${ids.join(", ")}`, toLogFields(error));
  }
};

/** Every key ever recorded here. */
export const readDeadKeys = (): Promise<DeadKey[]> => readNotes(FILE, deadKeySchema);
