import { z } from "zod";
import { appendNotes, readNotes } from "#lib/db/notes-file";
import { log, toLogFields } from "#lib/log";

const heirSchema = z.object({ organization_id: z.uuid(), owner_id: z.uuid() });

/** Somebody who still owned an organization when an owner of it went. */
export type Heir = z.infer<typeof heirSchema>;

// An older backup may know nobody else as the owner, or the person only as invited. Strict, because a removal with a member
// that this version does not know must not pass for the deletion of the whole organization.
const endingSchema = z.union([
  z.strictObject({
    organization_id: z.uuid(),
    user_id: z.uuid(),
    keys: z.enum(["disable", "keep"]),
    heirs: z.array(heirSchema).default([]),
    /** The invitations that the person accepted, or could have accepted. */
    invitations: z.array(z.uuid()).default([]),
  }),
  z.strictObject({ organization_id: z.uuid() }),
  z.strictObject({ user_id: z.uuid(), heirs: z.array(heirSchema).default([]) }),
]);

/** What has ended for good: a membership, with the choice about the member's keys, an organization, or an account. */
export type Ending = z.infer<typeof endingSchema>;

const noteSchema = z.object({ at: z.iso.datetime(), ended: endingSchema });

const FILE = "endings.jsonl";

/**
 * Records outside the database that memberships, organizations or accounts had ended at this moment, because a restored
 * backup would not know it. They have ended already, so a failure is only logged.
 */
export const noteEndings = async (at: Date, endings: Ending[]): Promise<void> => {
  try {
    await appendNotes(
      FILE,
      endings.map((ended) => ({ at: at.toISOString(), ended })),
    );
  } catch (error) {
    log("error", "A removal could not be written down; a backup that is restored would undo it", toLogFields(error));
  }
};

/** Every ending ever recorded here, and when. */
export const readEndings = (): Promise<{ at: string; ended: Ending }[]> => readNotes(FILE, noteSchema);
