import { z } from "zod";
import { currentTime } from "#lib/clock";
import { allowedAddressesSchema, mustAllowSchema } from "#lib/keys/address-schema";
import { excludesAddress } from "#lib/keys/is-address-allowed";
import { SCOPES } from "#lib/keys/shape";
import { readMoment } from "#lib/pasted/read-moment";
import { labelSchema, MAX_PASTED_LENGTH, orNone, seen } from "#lib/pasted/schema";
import { rule } from "#lib/problems/problem";

export const ENVIRONMENTS = ["dev", "staging", "prod"] as const;
export const MAX_KEYS_PER_ORGANIZATION = 100;
export const MAX_NAME_LENGTH = 64;
const MAX_NOTE_LENGTH = 200;
const MAX_RATE_LIMIT_PER_MINUTE = 1_000_000;
const MAX_EXPIRY_DAYS = 3650;
const DEFAULT_OVERLAP_SECONDS = 86_400;
export const MAX_OVERLAP_SECONDS = 30 * 86_400;

/** A key's name: NFC, trimmed, 1 to 64 visible code points. Markup is plain text. */
export const nameSchema = labelSchema(MAX_NAME_LENGTH).refine((name) => name !== "", {
  error: rule("key_name_missing"),
});

export const environmentSchema = z.enum(ENVIRONMENTS);
export type Environment = z.infer<typeof environmentSchema>;

/** Where the owner keeps a key's secret, in their own words. An empty note means none. */
const noteSchema = labelSchema(MAX_NOTE_LENGTH);

export const EVERY_SCOPE = "*";

const scopesSchema = z
  .array(seen(z.enum([...SCOPES, EVERY_SCOPE])))
  .refine((scopes) => scopes.length > 0, { error: rule("key_scopes_none") })
  .refine((scopes) => new Set(scopes).size === scopes.length, { error: rule("key_scopes_twice") })
  .refine((scopes) => !scopes.includes(EVERY_SCOPE) || scopes.length === 1, {
    error: rule("key_scopes_all"),
  });

const expiresAtSchema = seen(
  z
    .string()
    .refine((text) => readMoment(text) !== undefined, { error: rule("moment_zoneless"), abort: true })
    .refine((moment) => Date.parse(moment) > currentTime(), { error: rule("key_expiry_past") })
    .refine((moment) => Date.parse(moment) < currentTime() + MAX_EXPIRY_DAYS * 86_400_000, {
      error: rule("key_expiry_far"),
    })
    .meta({ format: "date-time", example: "2027-01-31T00:00:00Z" }),
);

const rateLimitSchema = z
  .int()
  .min(1, { error: rule("key_rate_low") })
  .max(MAX_RATE_LIMIT_PER_MINUTE, { error: rule("key_rate_high", { most: MAX_RATE_LIMIT_PER_MINUTE }) });

// Null removes a limit. An empty field leaves it unset.
function toAbsent(value: unknown): unknown {
  return value === "" ? undefined : value;
}

const options = {
  note: noteSchema.nullable().optional(),
  expires_at: expiresAtSchema.nullable().optional(),
  scopes: scopesSchema.optional(),
  allowed_addresses: allowedAddressesSchema.optional(),
  rate_limit_per_minute: z.preprocess(toAbsent, rateLimitSchema.nullable().optional()).optional(),
};

/** Body of `POST /api/keys`. */
export const generateKeySchema = z.strictObject({
  name: nameSchema,
  environment: orNone(seen(environmentSchema)),
  ...options,
});
export type KeyRequest = z.infer<typeof generateKeySchema>;

/** Body of `PATCH /api/keys/{id}`. */
export const updateKeySchema = z
  .strictObject({
    name: nameSchema.optional(),
    is_active: orNone(z.boolean()),
    must_allow: orNone(mustAllowSchema),
    ...options,
  })
  .refine(({ must_allow: _, ...changes }) => Object.values(changes).some((change) => change !== undefined), {
    error: rule("change_nothing", { name: "name" }),
  })
  .refine(
    ({ allowed_addresses = [], must_allow = "" }) => !must_allow || !excludesAddress(allowed_addresses, must_allow),
    {
      path: ["must_allow"],
      error: rule("key_address_excluded"),
    },
  );
export type KeyChanges = z.infer<typeof updateKeySchema>;

/** Body of `POST /api/keys/{id}/rotate`. */
export const rotateKeySchema = z.strictObject({
  overlap_seconds: orNone(
    z
      .int()
      .min(0, { error: rule("seconds_negative") })
      .max(MAX_OVERLAP_SECONDS, { error: rule("seconds_too_many", { most: MAX_OVERLAP_SECONDS }) })
      .meta({ default: DEFAULT_OVERLAP_SECONDS }),
  ).transform((seconds = DEFAULT_OVERLAP_SECONDS) => seconds),
});

const momentSchema = z.iso.datetime({ precision: 0 });

export const KEY_STATUSES = ["active", "disabled", "expired"] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

/** An API key as the console sees it. The contract's six members come first. */
export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  key_preview: z.string(),
  created_at: momentSchema,
  last_used_at: momentSchema.nullable(),
  is_active: z.boolean(),
  environment: environmentSchema.nullable(),
  status: z.enum(KEY_STATUSES),
  note: z.string().nullable(),
  expires_at: momentSchema.nullable(),
  scopes: z.array(z.enum([...SCOPES, EVERY_SCOPE])),
  allowed_addresses: z.array(z.string()),
  rate_limit_per_minute: z.int().nullable(),
  last_used_address: z.string().nullable(),
  replaces: z.uuid().nullable(),
  replaced_by: z.uuid().nullable(),
  leaked_at: momentSchema.nullable(),
  /** Who has seen its secret. Null once their account is gone. */
  generated_by: z.object({ id: z.uuid(), name: z.string().nullable(), email: z.string() }).nullable(),
  known_to_former_member: z.boolean(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const KEY_BADGES = ["unused", "never_used", "old"] as const;
export type KeyBadge = (typeof KEY_BADGES)[number];

/** Query of `GET /api/keys` and of the console's list. */
export const keyQuerySchema = z.strictObject({
  q: z
    .string()
    .max(200, { error: rule("text_too_long", { most: 200 }) })
    .optional(),
  status: z.enum(KEY_STATUSES).optional(),
  badge: z.enum(KEY_BADGES).optional(),
  sort: z.enum(["name", "created", "last_used"]).optional(),
  order: z.enum(["asc", "desc"]).optional(),
});
export type KeyQuery = z.infer<typeof keyQuerySchema>;

/** The keys that match a query, in its order, and the count for each status and badge. */
export type KeySelection = {
  rows: { key: ApiKey; badges: KeyBadge[] }[];
  total: number;
  statuses: Record<KeyStatus, number>;
  badges: Record<KeyBadge, number>;
};

export const apiKeyListSchema = z.object({ keys: z.array(apiKeySchema) });

/** One key, with the posts that its deletion would affect. */
export const apiKeyDetailSchema = apiKeySchema.extend({ waiting_posts: z.int() });
export type ApiKeyDetail = z.infer<typeof apiKeyDetailSchema>;

/** The only answer that contains a secret. It is absent when a repeated request returns the key generated before. */
export const generatedKeySchema = apiKeySchema.extend({ key: z.string().optional() });
export type GeneratedKey = z.infer<typeof generatedKeySchema>;

/** Body of `POST /api/keys/lookup`: a whole key, with any text that was pasted around it. */
export const lookUpKeySchema = z.strictObject({
  key: z.string().max(MAX_PASTED_LENGTH, { error: rule("text_too_long", { most: MAX_PASTED_LENGTH }) }),
});

/** For a key that is not the caller's, the answer is only `malformed` or `not_yours`. */
export const lookUpResultSchema = z.object({
  result: z.enum(["yours", "deleted", "not_yours", "malformed"]),
  id: z.uuid().optional(),
  name: z.string().optional(),
  deleted_at: momentSchema.optional(),
});
export type LookUpResult = z.infer<typeof lookUpResultSchema>;

export const deletedKeySchema = z.object({
  success: z.literal(true),
  message: z.literal("API key deleted successfully"),
});
