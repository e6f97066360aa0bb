import path from "node:path";
import { z } from "zod";
import { isKeysPlace, isLoopback, isOrigin, type KeyText, readHostsAndPorts, readKeys } from "#lib/setting-formats";

/** What this installation was told by its environment; the README's settings table says what each one does. */
export type Settings = {
  host: string;
  port: number;
  /** Origin under which browsers and programs reach this installation, without a trailing slash. */
  publicUrl: string;
  /** Whether PUBLIC_URL was set, so that `publicUrl` is more than a guess from PORT. */
  publicUrlIsSet: boolean;
  dataDir: string;
  databaseUrl: string | undefined;
  /** Absent: the local stand-in signs people in. */
  google: { clientId: string; clientSecret: string } | undefined;
  standInPort: number;
  /** How long a connection stays open between two requests. */
  keepAliveSeconds: number;
  authSecret: string | undefined;
  trustedProxies: number;
  /** Requests a minute that a key may make, unless it is told a lower limit. */
  rateLimitPerMinute: number;
  /** Address or file of the public keys with which GitHub's secret scanning signs. */
  githubSecretScanningKeys: string;
  /** Failed authentications a minute that one source may make before it is told to wait. */
  failedAuthPerMinute: number;
  /** How many days of each key's requests are kept; none is noted at 0. */
  usageRetentionDays: number;
  /** What users' addresses may lead to although it is not on the internet: `host:port` as an address spells them. */
  outboundAllowedHosts: string[];
  /** Keys of stored credentials, newest first. Absent: the ones in the data directory. */
  credentialKeys: KeyText[] | undefined;
  /** Whether this server publishes posts itself; otherwise `npm run worker` does. */
  publishesPosts: boolean;
  logLevel: string;
};

/** Settings that are missing or malformed: one sentence a problem, each naming the variable and an example. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

const wholeNumber = (min: number, max: number, error: string) =>
  z
    .string()
    .refine((text) => /^\d{1,7}$/.test(text) && Number(text) >= min && Number(text) <= max, { error })
    .transform(Number);

const readBy = <Value>(read: (text: string) => Value | undefined, error: string) =>
  z.string().transform((text, context) => {
    const value = read(text);
    if (value === undefined) context.addIssue({ code: "custom", message: error });
    return value ?? z.NEVER;
  });

const environmentSchema = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, { error: "HOST must be an address to listen on, for example HOST=127.0.0.1." })
    .default("127.0.0.1"),
  PORT: wholeNumber(1, 65535, "PORT must be a whole number from 1 to 65535, for example PORT=3000.").default(3000),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, {
      error:
        "PUBLIC_URL must be http:// or https:// with a host and nothing behind it, for example PUBLIC_URL=https://console.example.com.",
    })
    .optional(),
  DATA_DIR: z.string().default("data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, {
      error:
        "DATABASE_URL must be the address of a PostgreSQL database, for example DATABASE_URL=postgresql://boring:secret@db.example.com/boring.",
    })
    .optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  STAND_IN_PORT: wholeNumber(
    1,
    65535,
    "STAND_IN_PORT must be a whole number from 1 to 65535, for example STAND_IN_PORT=3001.",
  ).optional(),
  AUTH_SECRET: z
    .string()
    .min(32, { error: "AUTH_SECRET must have at least 32 characters; `openssl rand -base64 32` prints one." })
    .optional(),
  TRUSTED_PROXIES: wholeNumber(
    0,
    10,
    "TRUSTED_PROXIES must be the number of reverse proxies in front, 0 to 10, for example TRUSTED_PROXIES=1.",
  ).default(0),
  KEEP_ALIVE_SECONDS: wholeNumber(
    1,
    3600,
    "KEEP_ALIVE_SECONDS must be a whole number of seconds from 1 to 3600, for example KEEP_ALIVE_SECONDS=130.",
  ).default(130),
  RATE_LIMIT_PER_MINUTE: wholeNumber(
    1,
    1_000_000,
    "RATE_LIMIT_PER_MINUTE must be a whole number from 1 to 1000000, for example RATE_LIMIT_PER_MINUTE=600.",
  ).default(600),
  GITHUB_SECRET_SCANNING_KEYS: z
    .string()
    .refine(isKeysPlace, {
      error:
        "GITHUB_SECRET_SCANNING_KEYS must be an https:// address or the path of a file, for example GITHUB_SECRET_SCANNING_KEYS=/etc/boring/github-keys.json.",
    })
    .default("https://api.github.com/meta/public_keys/secret_scanning"),
  FAILED_AUTH_PER_MINUTE: wholeNumber(
    1,
    1_000_000,
    "FAILED_AUTH_PER_MINUTE must be a whole number from 1 to 1000000, for example FAILED_AUTH_PER_MINUTE=30.",
  ).default(30),
  USAGE_RETENTION_DAYS: wholeNumber(
    0,
    3650,
    "USAGE_RETENTION_DAYS must be a whole number of days, 0 to 3650, for example USAGE_RETENTION_DAYS=30.",
  ).default(30),
  OUTBOUND_ALLOWED_HOSTS: readBy(
    readHostsAndPorts,
    "OUTBOUND_ALLOWED_HOSTS must be hosts with their ports and commas between, for example OUTBOUND_ALLOWED_HOSTS=127.0.0.1:8080,pds.internal:2583.",
  ).default([]),
  CREDENTIAL_KEYS: readBy(
    readKeys,
    "CREDENTIAL_KEYS must be keys with ids of their own, newest first and commas between, for example CREDENTIAL_KEYS=2026-11:<32 bytes in base64>; `openssl rand -base64 32` prints one.",
  ).optional(),
  PUBLISH_IN_SERVER: z
    .enum(["yes", "no"], {
      error: "PUBLISH_IN_SERVER must be yes, or no when `npm run worker` publishes, for example PUBLISH_IN_SERVER=yes.",
    })
    .default("yes"),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], {
      error: "LOG_LEVEL must be debug, info, warn, error or silent, for example LOG_LEVEL=info.",
    })
    .default("info"),
});

/** Reads settings from an environment, where the empty string means unset. Throws `SettingsError` naming every problem. */
export const readSettings = (environment: Record<string, string | undefined>): Settings => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map((issue) => issue.message).join("\n"));
  const env = parsed.data;
  const settings: Settings = {
    host: env.HOST,
    port: env.PORT,
    publicUrl: new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).origin,
    publicUrlIsSet: env.PUBLIC_URL !== undefined,
    dataDir: path.resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    google: googleClient(env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET),
    standInPort: env.STAND_IN_PORT ?? (env.PORT < 65535 ? env.PORT + 1 : env.PORT - 1),
    authSecret: env.AUTH_SECRET,
    trustedProxies: env.TRUSTED_PROXIES,
    keepAliveSeconds: env.KEEP_ALIVE_SECONDS,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    githubSecretScanningKeys: env.GITHUB_SECRET_SCANNING_KEYS,
    failedAuthPerMinute: env.FAILED_AUTH_PER_MINUTE,
    usageRetentionDays: env.USAGE_RETENTION_DAYS,
    outboundAllowedHosts: env.OUTBOUND_ALLOWED_HOSTS,
    credentialKeys: env.CREDENTIAL_KEYS,
    publishesPosts: env.PUBLISH_IN_SERVER === "yes",
    logLevel: env.LOG_LEVEL,
  };
  refuseStandInInPublic(settings);
  return settings;
};

/** This process's settings, read once. Throws `SettingsError` as `readSettings` does. */
export const settings = (): Settings => {
  const shared = globalThis as { boringSettings?: Settings };
  shared.boringSettings ??= readSettings(process.env);
  return shared.boringSettings;
};

function googleClient(clientId: string | undefined, clientSecret: string | undefined): Settings["google"] {
  if (clientId && clientSecret) return { clientId, clientSecret };
  if (!clientId && !clientSecret) return undefined;
  const [missing, example] = clientId
    ? ["GOOGLE_CLIENT_SECRET", "GOCSPX-…"]
    : ["GOOGLE_CLIENT_ID", "1234-abc.apps.googleusercontent.com"];
  throw new SettingsError(`${missing} is missing; Google needs both, for example ${missing}=${example}.`);
}

function refuseStandInInPublic({ google, host, publicUrl, publicUrlIsSet }: Settings): void {
  if (!isLoopback(host) && !publicUrlIsSet) {
    throw new SettingsError(
      `PUBLIC_URL must be set when HOST=${host} is reachable from elsewhere, for example PUBLIC_URL=https://console.example.com.`,
    );
  }
  if (google || (isLoopback(host) && isLoopback(new URL(publicUrl).hostname))) return;
  throw new SettingsError(
    `GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET must be set: without them anybody could sign in as anybody, which is allowed on this computer alone and not with HOST=${host} and PUBLIC_URL=${publicUrl}. Create an OAuth client at https://console.cloud.google.com/apis/credentials with the redirect address ${publicUrl}/api/auth/callback/google.`,
  );
}
