import { z } from "zod";
import { networkApiUrls, networkCredentialShape } from "#lib/network-settings";
import { toAddressKey } from "#lib/organizations/address-key";
import {
  isKeysPlace,
  isOrigin,
  readAllowedSignIns,
  readHostsAndPorts,
  readKeys,
  readSmtpServer,
} from "#lib/setting-formats";

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

const toSignInsSentence = (problem: string) =>
  `ALLOWED_SIGN_INS must be domains and e-mail addresses with one comma between, for example ALLOWED_SIGN_INS=example.com,ada@gmail.com; ${problem}.`;

/** The environment variables under their public names, after each value was cleaned. */
export const environmentSchema = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, { error: "HOST must be an address to listen on, for example HOST=127.0.0.1." })
    .default("127.0.0.1"),
  PORT: wholeNumber(1, 65535, "PORT must be a whole number from 1 to 65535, for example PORT=3000.").default(3000),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, {
      error:
        "PUBLIC_URL must be http:// or https:// with a host and no path, for example PUBLIC_URL=https://console.example.com.",
    })
    .optional(),
  DATA_DIR: z
    .string()
    .refine((text) => !/^~|\$|^%/.test(text), {
      error:
        "DATA_DIR must be a literal path (~ and variables are not expanded), for example DATA_DIR=/var/lib/boring.",
    })
    .default("data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, {
      error:
        "DATABASE_URL must be the address of a PostgreSQL database, for example DATABASE_URL=postgresql://boring:secret@db.example.com/boring.",
    })
    .optional(),
  GOOGLE_CLIENT_ID: z.string().regex(/^\S+$/, { error: "GOOGLE_CLIENT_ID must not contain spaces." }).optional(),
  GOOGLE_CLIENT_SECRET: z
    .string()
    .regex(/^\S+$/, { error: "GOOGLE_CLIENT_SECRET must not contain spaces." })
    .optional(),
  ALLOWED_SIGN_INS: z
    .string()
    .transform((text, context) => {
      const { allowed, problems } = readAllowedSignIns(text);
      for (const problem of problems) context.addIssue({ code: "custom", message: toSignInsSentence(problem) });
      return allowed;
    })
    .optional(),
  STAND_IN_PORT: wholeNumber(
    1,
    65535,
    "STAND_IN_PORT must be a whole number from 1 to 65535, for example STAND_IN_PORT=3001.",
  ).optional(),
  AUTH_SECRET: z
    .string()
    .min(32, { error: "AUTH_SECRET must have at least 32 characters. `openssl rand -base64 32` prints one." })
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
    "OUTBOUND_ALLOWED_HOSTS must be host:port pairs separated by commas, for example OUTBOUND_ALLOWED_HOSTS=127.0.0.1:8080,pds.internal:2583.",
  ).default([]),
  NETWORK_API_URLS: networkApiUrls,
  ...networkCredentialShape,
  SMTP_URL: readBy(
    readSmtpServer,
    "SMTP_URL must be smtp:// or smtps:// with a host, for example SMTP_URL=smtp://console:secret@smtp.example.com:587; percent-encode special characters of the password.",
  ).optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => toAddressKey(/<([^<>]+)>$/.exec(text)?.[1] ?? text) !== undefined, {
      error: "MAIL_FROM must be an e-mail address, for example MAIL_FROM=Boring Console <console@example.com>.",
    })
    .optional(),
  CREDENTIAL_KEYS: readBy(
    readKeys,
    "CREDENTIAL_KEYS must be keys with distinct ids, newest first, separated by commas, for example CREDENTIAL_KEYS=2026-11:<32 bytes in base64>; `openssl rand -base64 32` prints one.",
  ).optional(),
  ENVIRONMENT: z
    .enum(["dev", "staging", "prod"], {
      error: "ENVIRONMENT must be dev, staging or prod, for example ENVIRONMENT=prod.",
    })
    .optional(),
  SECURITY_CONTACT: z
    .string()
    .regex(/^(?:mailto:\S+@|tel:\+|https:\/\/)\S+$/, {
      error:
        "SECURITY_CONTACT must be a mailto:, https:// or tel: address, for example SECURITY_CONTACT=mailto:security@example.com.",
    })
    .optional(),
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
