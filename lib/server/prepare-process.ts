// The first import of every process. It runs before the process reads a setting or opens a connection.

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { setDefaultAutoSelectFamilyAttemptTimeout } from "node:net";
import path from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";
import { type Settings, SettingsError } from "#lib/env";
import { keepSecrets } from "#lib/secret-file";
import { toStartSentence } from "#lib/server/start-error";

// NAME=value, with a plain or quoted value and an optional comment. Lines that `parseEnv` would misread are refused: it
// reads up to the next quotation mark, however far away, and cuts a value at a number sign.
const LINE =
  /^\s*(?:#.*|(?:export\s+)?[A-Za-z_]\w*\s*=\s*(?:"[^"]*"|'[^']*'|`[^`]*`|[^\s"'`#](?:[^#]*[^\s#])?)?(?:\s+#.*|\s*))?$/;

/**
 * Loads the settings of a file (`.env` by default) into the environment, all or none. Variables that are already set keep
 * their values. Returns a sentence that says so, or undefined when there are none. Throws `SettingsError` when it cannot be
 * read.
 */
export const loadEnvFile = (name: string | undefined): string | undefined => {
  const file = path.resolve(name || ".env");
  const text = readText(file, Boolean(name));
  if (!text) return undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (!LINE.test(line)) {
      throw new SettingsError(
        `${file}: line ${index + 1} is not NAME=value. Enclose a value that contains # in quotation marks, and one that contains quotation marks in the other kind.`,
      );
    }
  }
  const settings = Object.entries(parseEnv(text));
  const early = settings.find(([setting]) => /^NODE_(?!ENV$)/.test(setting))?.[0];
  if (early) throw new SettingsError(`${file}: ${early} is read before this file. Set it in the environment instead.`);
  const taken = settings.filter(([setting]) => !process.env[setting]);
  for (const [setting, value] of taken) process.env[setting] = value;
  return describe(
    file,
    taken.map(([setting]) => setting),
    settings.length - taken.length,
  );
};

function readText(file: string, isNamed: boolean): string | undefined {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" && !isNamed) return undefined;
    throw new SettingsError(
      `${file} cannot be read (${code}). Give this user read access, or name another file, for example ENV_FILE=/etc/boring.env.`,
      { cause },
    );
  }
}

function describe(file: string, taken: string[], set: number): string {
  const rest = set > 0 ? `; ${set} more are set in the environment, which goes first` : "";
  return `Settings were read from ${file}: ${taken.join(", ") || "none"}${rest}.`;
}

const FILE = {
  name: "secrets.json",
  schema: z.object({ authSecret: z.string().min(32) }),
  make: () => ({ authSecret: randomBytes(32).toString("base64url") }),
  setting: "AUTH_SECRET",
  advice: "without one, delete it and everybody signs in again.",
};

/** This installation's secrets, and the path of their file when this call created it. */
export type Secrets = { authSecret: string; madeFile: string | undefined };

/**
 * The secrets: AUTH_SECRET from the environment, or else those that an earlier start wrote to the data directory, or else
 * new ones in a file that only its owner can read. Throws `SecretFileError` when the file exists but cannot be used.
 */
export const loadSecrets = ({ authSecret, dataDir }: Pick<Settings, "authSecret" | "dataDir">): Secrets => {
  if (authSecret) return { authSecret, madeFile: undefined };
  const { secrets, madeFile } = keepSecrets(dataDir, FILE);
  return { ...secrets, madeFile };
};

// A name may have addresses of both families. Node gives each a quarter of a second and never retries it, so a more distant
// server is unreachable where the other family has no route.
const ATTEMPT_MILLISECONDS = 3000;

setDefaultAutoSelectFamilyAttemptTimeout(ATTEMPT_MILLISECONDS);

// The process that reads this output may end first. Without a listener, the error would end this process as well.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

try {
  const told = loadEnvFile(process.env.ENV_FILE);
  if (told) process.stderr.write(`${told}\n`);
} catch (error) {
  process.stderr.write(`${toStartSentence(error)}\n`);
  process.exit(1);
}
