import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import { log, toLogFields } from "#lib/log";

const deadKeySchema = z.object({ id: z.uuid(), at: z.iso.datetime(), why: z.enum(["deleted", "leaked"]) });

/** A key that must never work again, and since when. */
export type DeadKey = z.infer<typeof deadKeySchema>;

/**
 * Records outside the database that keys were deleted or leaked, because a restored backup would not know it. The record is
 * on disk when this returns. The keys are already dead, so a failure is only logged.
 */
export const noteDeadKeys = async (ids: string[], why: DeadKey["why"]): Promise<void> => {
  const { dataDir } = await database();
  if (!dataDir || ids.length === 0) return;
  const at = currentMoment().toISOString();
  const lines = ids.map((id) => `${JSON.stringify({ id, at, why } satisfies DeadKey)}\n`);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await appendFile(fileIn(dataDir), lines.join(""), { flush: true, mode: 0o600 });
  } catch (error) {
    const message = "Dead keys could not be written down; a backup that is restored would bring them back";
    log("error", `${message}: ${ids.join(", ")}`, toLogFields(error));
  }
};

/** Every key ever recorded here. A line that a power cut left incomplete is skipped. */
export const readDeadKeys = async (): Promise<DeadKey[]> => {
  const { dataDir } = await database();
  if (!dataDir) return [];
  const text = await readFile(fileIn(dataDir), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line) => deadKeySchema.safeParse(parse(line)).data ?? []);
};

function fileIn(dataDir: string): string {
  return path.join(dataDir, "dead-keys.jsonl");
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
