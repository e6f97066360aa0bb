import path from "node:path";
import { environmentSchema } from "#lib/environment-schema";
import { type NetworkCredentials, networkCredentialShape } from "#lib/network-settings";
import { processState } from "#lib/process-state";
import { type AllowedSignIns, cleanSetting, isLoopback, type KeyText, type SmtpServer } from "#lib/setting-formats";

/** This installation's settings from the environment. The README's settings table explains each one. */
export type Settings = {
  host: string;
  port: number;
  /** The origin at which browsers and programs reach this installation, without a trailing slash. */
  publicUrl: string;
  /** Whether PUBLIC_URL was set. Otherwise `publicUrl` is only a guess from PORT. */
  publicUrlIsSet: boolean;
  dataDir: string;
  databaseUrl: string | undefined;
  /** Absent: the local stand-in signs people in. */
  google: { clientId: string; clientSecret: string } | undefined;
  /** Who may sign in for the first time. Absent: everybody. */
  allowedSignIns: AllowedSignIns | undefined;
  standInPort: number;
  /** How long an idle connection stays open between two requests. */
  keepAliveSeconds: number;
  authSecret: string | undefined;
  trustedProxies: number;
  /** Requests a minute that a key may make, unless it has a lower limit. */
  rateLimitPerMinute: number;
  /** Address or file with the public keys that verify signatures of GitHub's secret scanning. */
  githubSecretScanningKeys: string;
  /** Failed authentications a minute from one source before it gets a 429. */
  failedAuthPerMinute: number;
  /** How many days each key's requests are kept. At 0 none is recorded. */
  usageRetentionDays: number;
  /** Hosts that users' addresses may point to although they are not on the internet, as `host:port`. */
  outboundAllowedHosts: string[];
  /** The operator's credentials at networks. */
  networkCredentials: NetworkCredentials;
  /** Addresses that take the place of networks' own APIs, by network: a Bot API server of one's own, a recording proxy. */
  networkApiUrls: Record<string, string>;
  /** The mail server, and the sender of its mails. Absent: no mail is sent. */
  mail: { server: SmtpServer; from: string } | undefined;
  /** Encryption keys of stored credentials, newest first. Absent: those in the data directory. */
  credentialKeys: KeyText[] | undefined;
  /** Which environment this server is. Keys that are tagged for another one are refused. */
  environment: "dev" | "staging" | "prod" | undefined;
  /** Where vulnerabilities are reported, as an address that security.txt may name. */
  securityContact: string | undefined;
  /** Whether this server publishes posts itself. Otherwise `npm run worker` does. */
  publishesPosts: boolean;
  logLevel: string;
};

/** Missing or malformed settings: one sentence for each problem, with the variable and an example. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/** Reads settings from an environment, where an empty string means unset. Throws `SettingsError` naming every problem. */
export const readSettings = (environment: Record<string, string | undefined>): Settings => {
  const parsed = environmentSchema.safeParse(cleanAll(environment));
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
    allowedSignIns: env.ALLOWED_SIGN_INS,
    standInPort: env.STAND_IN_PORT ?? (env.PORT < 65535 ? env.PORT + 1 : env.PORT - 1),
    authSecret: env.AUTH_SECRET,
    trustedProxies: env.TRUSTED_PROXIES,
    keepAliveSeconds: env.KEEP_ALIVE_SECONDS,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    githubSecretScanningKeys: env.GITHUB_SECRET_SCANNING_KEYS,
    failedAuthPerMinute: env.FAILED_AUTH_PER_MINUTE,
    usageRetentionDays: env.USAGE_RETENTION_DAYS,
    outboundAllowedHosts: env.OUTBOUND_ALLOWED_HOSTS,
    networkCredentials: pickCredentials(env),
    networkApiUrls: env.NETWORK_API_URLS,
    mail: mailServer(env.SMTP_URL, env.MAIL_FROM),
    credentialKeys: env.CREDENTIAL_KEYS,
    environment: env.ENVIRONMENT,
    securityContact: env.SECURITY_CONTACT,
    publishesPosts: env.PUBLISH_IN_SERVER === "yes",
    logLevel: env.LOG_LEVEL,
  };
  refuseStandInInPublic(settings);
  return settings;
};

declare module "#lib/process-state" {
  interface ProcessState {
    settings?: Settings;
  }
}

/** This process's settings, read once. Throws `SettingsError` as `readSettings` does. */
export const settings = (): Settings => {
  processState.settings ??= readSettings(process.env);
  return processState.settings;
};

function cleanAll(environment: Record<string, string | undefined>): Record<string, string> {
  const cleaned = Object.keys(environmentSchema.shape).map(
    (name) => [name, cleanSetting(environment[name] ?? "")] as const,
  );
  const problems = cleaned.filter(([, value]) => value === undefined).map(([name]) => name);
  if (problems.length > 0) {
    const sentence = "has a quotation mark at one end, or a line break or an invisible character inside. Remove it.";
    throw new SettingsError(problems.map((name) => `${name} ${sentence}`).join("\n"));
  }
  return Object.fromEntries(cleaned.filter(([, value]) => value)) as Record<string, string>;
}

function pickCredentials(env: NetworkCredentials): NetworkCredentials {
  const names = Object.keys(networkCredentialShape) as (keyof NetworkCredentials)[];
  return Object.fromEntries(names.map((name) => [name, env[name]]));
}

function mailServer(server: SmtpServer | undefined, from: string | undefined): Settings["mail"] {
  if (server && from) return { server, from };
  if (!server) return undefined;
  throw new SettingsError(
    "MAIL_FROM is missing. Mails need a sender, for example MAIL_FROM=Boring Console <console@example.com>.",
  );
}

function googleClient(clientId: string | undefined, clientSecret: string | undefined): Settings["google"] {
  if (clientId && clientSecret) return { clientId, clientSecret };
  if (!clientId && !clientSecret) return undefined;
  const [missing, example] = clientId
    ? ["GOOGLE_CLIENT_SECRET", "GOCSPX-…"]
    : ["GOOGLE_CLIENT_ID", "1234-abc.apps.googleusercontent.com"];
  throw new SettingsError(`${missing} is missing. Google needs both, for example ${missing}=${example}.`);
}

function refuseStandInInPublic({ google, host, publicUrl, publicUrlIsSet }: Settings): void {
  if (!isLoopback(host) && !publicUrlIsSet) {
    throw new SettingsError(
      `PUBLIC_URL must be set when HOST=${host} is reachable from elsewhere, for example PUBLIC_URL=https://console.example.com.`,
    );
  }
  if (google || (isLoopback(host) && isLoopback(new URL(publicUrl).hostname))) return;
  throw new SettingsError(
    `GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET must be set. Without them, anybody can sign in as anybody, which is only allowed on this computer and not with HOST=${host} and PUBLIC_URL=${publicUrl}. Create an OAuth client at https://console.cloud.google.com/apis/credentials with the redirect address ${publicUrl}/api/auth/callback/google.`,
  );
}
