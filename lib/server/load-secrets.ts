import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Settings } from "#lib/env";
import { keepSecrets } from "#lib/secret-file";

const FILE = {
  name: "secrets.json",
  schema: z.object({ authSecret: z.string().min(32) }),
  make: () => ({ authSecret: randomBytes(32).toString("base64url") }),
  setting: "AUTH_SECRET",
  advice: "without one, delete it and everybody signs in again.",
};

/** This installation's secrets, and the file that they were written to when this call made them. */
export type Secrets = { authSecret: string; madeFile: string | undefined };

/**
 * The secrets: AUTH_SECRET from the environment, else what an earlier start wrote to the data directory, else new ones
 * in a file that only its owner can read. Throws `SecretFileError` when the file is there and cannot be used.
 */
export const loadSecrets = ({ authSecret, dataDir }: Pick<Settings, "authSecret" | "dataDir">): Secrets => {
  if (authSecret) return { authSecret, madeFile: undefined };
  const { secrets, madeFile } = keepSecrets(dataDir, FILE);
  return { ...secrets, madeFile };
};
