import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { z } from "zod";

/** Secrets that cannot be read or stored. The message is one sentence that says what the operator should do. */
export class SecretFileError extends Error {
  override name = "SecretFileError";
}

type SecretFile<Secrets> = {
  name: string;
  schema: z.ZodType<Secrets>;
  make: () => Secrets;
  /** The setting that can replace the file. */
  setting: string;
  /** Advice for an operator without a backup. */
  advice: string;
};

/**
 * Reads secrets from their file in the data directory, or creates both; only the owner can read the file. Returns the file's
 * path when this call created it. Throws `SecretFileError` when the file exists but cannot be used.
 */
export const keepSecrets = <Secrets>(
  dataDir: string,
  wanted: SecretFile<Secrets>,
): { secrets: Secrets; madeFile: string | undefined } => {
  const file = path.join(dataDir, wanted.name);
  const kept = readSecrets(file, wanted);
  if (kept) return { secrets: kept, madeFile: undefined };
  const isMine = makeFile(dataDir, file, wanted);
  const made = readSecrets(file, wanted);
  if (!made) throw new SecretFileError(`DATA_DIR: ${file} disappeared while it was read. Start again.`);
  return { secrets: made, madeFile: isMine ? file : undefined };
};

/** Replaces the secrets in their file atomically: the file holds either the old ones or the new ones. */
export const replaceSecrets = <Secrets>(dataDir: string, wanted: SecretFile<Secrets>, secrets: Secrets): void => {
  const file = path.join(dataDir, wanted.name);
  const draft = `${file}.${crypto.randomUUID()}`;
  try {
    writeDraft(draft, secrets);
    renameSync(draft, file);
  } catch (cause) {
    throw unwritable(dataDir, wanted, cause);
  }
};

function readSecrets<Secrets>(file: string, { schema, advice }: SecretFile<Secrets>): Secrets | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    const problem = code ? `cannot be read (${code})` : "is not what this program wrote";
    throw new SecretFileError(`DATA_DIR: ${file} ${problem}. Restore it from a backup; ${advice}`, { cause });
  }
}

// Written to a temporary file and linked into place: the file is complete or absent, and of two starts one wins.
function makeFile(dataDir: string, file: string, wanted: SecretFile<unknown>): boolean {
  const draft = `${file}.${crypto.randomUUID()}`;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeDraft(draft, wanted.make());
    return linkOnce(draft, file);
  } catch (cause) {
    throw unwritable(dataDir, wanted, cause);
  }
}

function writeDraft(draft: string, secrets: unknown): void {
  writeFileSync(draft, `${JSON.stringify(secrets)}\n`, { mode: 0o600, flush: true });
}

function unwritable(dataDir: string, { setting }: SecretFile<unknown>, cause: unknown): SecretFileError {
  return new SecretFileError(
    `DATA_DIR ${dataDir} cannot be written (${(cause as NodeJS.ErrnoException).code}). Give a folder this user may write to, for example DATA_DIR=./data, or set ${setting}.`,
    { cause },
  );
}

function linkOnce(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}
