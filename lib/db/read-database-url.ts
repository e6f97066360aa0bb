import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { type ConnectionOptions, checkServerIdentity, getCACertificates } from "node:tls";
import { DatabaseUnreachableError } from "#lib/db/database-errors";

/** DATABASE_URL in parts: the address in the driver's format, and the TLS options in the order to try. */
export type DatabaseAddress = {
  /** Without the parameters about encryption. */
  connectionString: string;
  /** Host and port for messages, without user or password. */
  shown: string;
  sslnegotiation: "direct" | undefined;
  tlsAttempts: TlsAttempt[];
};

const TLS_PARAMETERS = [
  "ssl",
  "sslmode",
  "sslrootcert",
  "sslcert",
  "sslkey",
  "sslpassword",
  "sslnegotiation",
  "uselibpqcompat",
];

/**
 * Reads DATABASE_URL as libpq does, so that an address that works in `psql` works here. Throws `DatabaseUnreachableError`,
 * with a sentence for the operator, when it cannot be read.
 */
export const readDatabaseUrl = (databaseUrl: string): DatabaseAddress => {
  requireEncoded(databaseUrl);
  const [base = "", query = ""] = databaseUrl.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const host = parameters.get("host") ?? toHost(base);
  const tlsAttempts = readTlsAttempts(parameters, host);
  const sslnegotiation = parameters.get("sslnegotiation") === "direct" ? "direct" : undefined;
  for (const name of TLS_PARAMETERS) parameters.delete(name);
  const rest = parameters.toString().replaceAll("+", "%20");
  return {
    connectionString: rest === "" ? base : `${base}?${rest}`,
    shown: parameters.has("host") ? host : toAuthority(base).replace(/^.*@/s, ""),
    sslnegotiation,
    tlsAttempts,
  };
};

// A raw / ? or # in a password ends the part with user and host early, and the rest, including the @, is misread. A raw @
// does no harm, because the last one counts.
function requireEncoded(databaseUrl: string): void {
  const authority = toAuthority(databaseUrl);
  const rest = databaseUrl.slice(databaseUrl.indexOf("//") + 2 + authority.length);
  const [path = ""] = rest.split("?");
  const isCutShort =
    databaseUrl.includes("#") || path.includes("@") || (rest.includes("@") && !authority.includes("@"));
  const isReadable = URL.canParse(`postgresql://${authority.replace(/@$/, "@localhost") || "localhost"}`);
  if (!isCutShort && isReadable) return;
  throw new DatabaseUnreachableError(
    "DATABASE_URL cannot be read: characters such as # / ? @ % in the user's name or password must be percent-encoded (# is %23, / is %2F, ? is %3F, @ is %40, % is %25).",
  );
}

function toAuthority(url: string): string {
  return /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? "";
}

function toHost(base: string): string {
  const host = toAuthority(base).replace(/^.*@/s, "").replace(/:\d*$/, "");
  return decodeURIComponent(host.replace(/^\[(.*)\]$/, "$1"));
}

/** One way to connect: unencrypted, or with these TLS options. */
export type TlsAttempt = false | ConnectionOptions;

const MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full", "no-verify"] as const;
type Mode = (typeof MODES)[number];

/**
 * The TLS options to try, in order, as libpq reads `sslmode`, `sslrootcert`, `sslcert` and `sslkey`, with its default files
 * in `~/.postgresql`. Throws `DatabaseUnreachableError` when they make no sense.
 */
const readTlsAttempts = (parameters: URLSearchParams, host: string): TlsAttempt[] => {
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
  // Other modes verify the issuer of the certificate, but not the host name.
  const isNameChecked = mode === "verify-full" || parameters.get("sslrootcert") === "system";
  return {
    ...(ca && { ca }),
    ...(cert && key && { cert, key }),
    ...(passphrase && { passphrase }),
    rejectUnauthorized: ca !== undefined && mode !== "no-verify",
    checkServerIdentity: (_, certificate) => (isNameChecked ? checkServerIdentity(host, certificate) : undefined),
  };
}

// An existing root certificate is used in every mode, as in libpq.
function readAuthority(parameters: URLSearchParams, mode: Mode): string | string[] | undefined {
  const isSystem = parameters.get("sslrootcert") === "system";
  const file = isSystem ? undefined : readFile(parameters, "sslrootcert", "root.crt");
  if (file !== undefined) return file;
  if (isSystem || mode === "verify-full") return [...getCACertificates("default"), ...getCACertificates("system")];
  if (mode !== "verify-ca") return undefined;
  throw new DatabaseUnreachableError(
    "DATABASE_URL: sslmode=verify-ca needs the certificate of the authority that signed the server's certificate. Set sslrootcert= to its file.",
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
