import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { z } from "zod";

/** Secrets that cannot be read or kept. The message is one sentence for the operator that says what to do. */
export class SecretFileError extends Error {
  override name = "SecretFileError";
}

type SecretFile<Secrets> = {
  name: string;
  schema: z.ZodType<Secrets>;
  make: () => Secrets;
  /** The setting that would do instead. */
  setting: string;
  /** What an operator without a backup has to know. */
  advice: string;
};

/**
 * Reads secrets from their file in the data directory, or makes them and the file, which only its owner can read.
 * Tells the file's path when this call made it. Throws `SecretFileError` when the file is there and cannot be used.
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

/** Puts other secrets into their file: it holds the old ones or the new ones, and never anything else. */
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

// Written beside and linked into place: the file is there whole or not at all, and of two starts one wins.
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
