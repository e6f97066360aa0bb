import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { type ConnectionOptions, checkServerIdentity, getCACertificates } from "node:tls";
import { DatabaseUnreachableError } from "#lib/db/database-unreachable-error";

/** One way to connect: unencrypted, or with these options of TLS. */
export type TlsAttempt = false | ConnectionOptions;

const MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full", "no-verify"] as const;
type Mode = (typeof MODES)[number];

/**
 * How to encrypt the connection, in the order in which to try, as libpq reads `sslmode`, `sslrootcert`, `sslcert` and
 * `sslkey`, with its usual files in `~/.postgresql`. Throws `DatabaseUnreachableError` where that makes no sense.
 */
export const readTlsAttempts = (parameters: URLSearchParams, host: string): TlsAttempt[] => {
  const mode = readMode(parameters);
  if (mode === "disable" || host === "" || host.startsWith("/")) return [false];
  const tls = readOptions(parameters, mode, host);
  if (mode === "prefer") return [tls, false];
  if (mode === "allow") return [false, tls];
  return [tls];
};

function readMode(parameters: URLSearchParams): Mode {
  const isAsked = ["true", "1"].includes(parameters.get("ssl") ?? "");
  const usual = parameters.get("sslrootcert") === "system" ? "verify-full" : isAsked ? "require" : "prefer";
  const given = parameters.get("sslmode") || process.env.PGSSLMODE || usual;
  const mode = MODES.find((name) => name === given);
  if (mode) return mode;
  throw new DatabaseUnreachableError(`DATABASE_URL: sslmode must be one of ${MODES.slice(0, -1).join(", ")}.`);
}

function readOptions(parameters: URLSearchParams, mode: Mode, host: string): ConnectionOptions {
  const ca = readAuthority(parameters, mode);
  const cert = readFile(parameters, "sslcert", "postgresql.crt");
  const key = readFile(parameters, "sslkey", "postgresql.key");
  const passphrase = parameters.get("sslpassword");
  // Otherwise it is asked who signed the certificate, and not whose it is.
  const isNameChecked = mode === "verify-full" || parameters.get("sslrootcert") === "system";
  return {
    ...(ca && { ca }),
    ...(cert && key && { cert, key }),
    ...(passphrase && { passphrase }),
    rejectUnauthorized: ca !== undefined && mode !== "no-verify",
    checkServerIdentity: (_, certificate) => (isNameChecked ? checkServerIdentity(host, certificate) : undefined),
  };
}

// Where a root certificate is at hand it is used, whatever the mode. That is libpq's rule, too.
function readAuthority(parameters: URLSearchParams, mode: Mode): string | string[] | undefined {
  const isSystem = parameters.get("sslrootcert") === "system";
  const file = isSystem ? undefined : readFile(parameters, "sslrootcert", "root.crt");
  if (file !== undefined) return file;
  if (isSystem || mode === "verify-full") return [...getCACertificates("default"), ...getCACertificates("system")];
  if (mode !== "verify-ca") return undefined;
  throw new DatabaseUnreachableError(
    "DATABASE_URL: sslmode=verify-ca needs the certificate of the authority that signed the server's; give its file as sslrootcert=.",
  );
}

function readFile(parameters: URLSearchParams, name: string, usualName: string): string | undefined {
  const given = parameters.get(name) || process.env[`PG${name.toUpperCase()}`];
  const usual = path.join(homedir(), ".postgresql", usualName);
  if (!given && !existsSync(usual)) return undefined;
  try {
    return readFileSync(given || usual, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new DatabaseUnreachableError(`DATABASE_URL: the file given as ${name}= cannot be read (${code}).`, { cause });
  }
}
