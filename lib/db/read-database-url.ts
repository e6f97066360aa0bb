import { DatabaseUnreachableError } from "#lib/db/database-unreachable-error";
import { readTlsAttempts, type TlsAttempt } from "#lib/db/read-tls-attempts";

/** What DATABASE_URL says: the address as the driver reads it, and how to encrypt, in the order in which to try. */
export type DatabaseAddress = {
  /** Without what it says about encryption. */
  connectionString: string;
  /** Host and port for messages: never a user or a password. */
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
 * Reads DATABASE_URL as libpq would, so that the address that works in `psql` works here. Throws
 * `DatabaseUnreachableError` with a sentence for the operator where it cannot be read.
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

// A raw / ? or # in a password ends what an address says about user and host, so that the rest, the @ with it, is read
// as something else. A raw @ does no harm: the last one counts.
function requireEncoded(databaseUrl: string): void {
  const authority = toAuthority(databaseUrl);
  const rest = databaseUrl.slice(databaseUrl.indexOf("//") + 2 + authority.length);
  const [path = ""] = rest.split("?");
  const isCutShort =
    databaseUrl.includes("#") || path.includes("@") || (rest.includes("@") && !authority.includes("@"));
  const isReadable = URL.canParse(`postgresql://${authority.replace(/@$/, "@localhost") || "localhost"}`);
  if (!isCutShort && isReadable) return;
  throw new DatabaseUnreachableError(
    "DATABASE_URL cannot be read: characters such as # / ? @ % in the user's name or password have to be percent-encoded (# is %23, / is %2F, ? is %3F, @ is %40, % is %25).",
  );
}

function toAuthority(url: string): string {
  return /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? "";
}

function toHost(base: string): string {
  const host = toAuthority(base).replace(/^.*@/s, "").replace(/:\d*$/, "");
  return decodeURIComponent(host.replace(/^\[(.*)\]$/, "$1"));
}
