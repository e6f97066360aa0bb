import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Settings } from "#lib/env";
import { StartError } from "#lib/server/start-error";

const secretsSchema = z.object({ authSecret: z.string().min(32) });

/** This installation's secrets, and the file that they were written to when this call made them. */
export type Secrets = { authSecret: string; madeFile: string | undefined };

/**
 * The secrets: AUTH_SECRET from the environment, else what an earlier start wrote to the data directory, else new ones
 * in a file that only its owner can read. Throws `StartError` when the file is there and cannot be used.
 */
export const loadSecrets = ({ authSecret, dataDir }: Pick<Settings, "authSecret" | "dataDir">): Secrets => {
  if (authSecret) return { authSecret, madeFile: undefined };
  const file = path.join(dataDir, "secrets.json");
  const kept = readSecrets(file);
  if (kept) return { ...kept, madeFile: undefined };
  const isMine = makeSecrets(dataDir, file);
  const made = readSecrets(file);
  if (!made) throw new StartError(`DATA_DIR: ${file} disappeared while it was read. Start again.`);
  return { ...made, madeFile: isMine ? file : undefined };
};

function readSecrets(file: string): z.infer<typeof secretsSchema> | undefined {
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    const problem = code ? `cannot be read (${code})` : "is not what this program wrote";
    throw new StartError(
      `DATA_DIR: ${file} ${problem}. Restore it from a backup; without one, delete it and everybody signs in again.`,
      { cause },
    );
  }
}

// Written beside and linked into place: the file is there whole or not at all, and of two starts one wins.
function makeSecrets(dataDir: string, file: string): boolean {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const secrets = { authSecret: randomBytes(32).toString("base64url") };
    writeFileSync(draft, `${JSON.stringify(secrets)}\n`, { mode: 0o600, flush: true });
    return linkOnce(draft, file);
  } catch (cause) {
    throw new StartError(
      `DATA_DIR ${dataDir} cannot be written (${(cause as NodeJS.ErrnoException).code}). Give a folder this user may write to, for example DATA_DIR=./data.`,
      { cause },
    );
  }
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
