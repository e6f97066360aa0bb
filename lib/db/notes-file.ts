import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import { database } from "#lib/db/database";

/**
 * Appends entries to a file beside the database, which outlives the restoring of a backup. They are on disk when this
 * returns. Does nothing for a database that keeps nothing on disk.
 */
export const appendNotes = async (name: string, entries: unknown[]): Promise<void> => {
  const { dataDir } = await database();
  if (!dataDir || entries.length === 0) return;
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await appendFile(path.join(dataDir, name), lines.join(""), { flush: true, mode: 0o600 });
};

/** Every entry ever appended to the file. A line that a power cut left incomplete is skipped. */
export const readNotes = async <Note>(name: string, schema: z.ZodType<Note>): Promise<Note[]> => {
  const { dataDir } = await database();
  if (!dataDir) return [];
  const text = await readFile(path.join(dataDir, name), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line) => schema.safeParse(parse(line)).data ?? []);
};

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
