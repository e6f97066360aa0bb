import { z } from "zod";

export const ENVIRONMENTS = ["dev", "staging", "prod"] as const;
export const MAX_KEYS_PER_USER = 100;
export const MAX_NAME_LENGTH = 64;

// Control, format (bidi overrides, zero-width), surrogate and line-separator characters, and letters that show nothing.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0/u;

/** A key's name: NFC, trimmed, 1 to 64 code points that can be seen. Markup is text. */
export const nameSchema = z
  .string()
  .normalize("NFC")
  .trim()
  .refine((name) => name !== "", { error: "Give the key a name.", abort: true })
  .refine((name) => [...name].length <= MAX_NAME_LENGTH, { error: `Use at most ${MAX_NAME_LENGTH} characters.` })
  .refine((name) => !INVISIBLE.test(name), {
    error: "Remove invisible characters (control, zero-width or direction).",
  });

export const environmentSchema = z.enum(ENVIRONMENTS);
export type Environment = z.infer<typeof environmentSchema>;

/** Body of `POST /api/keys`. */
export const generateKeySchema = z.strictObject({ name: nameSchema, environment: environmentSchema.optional() });

/** Body of `PATCH /api/keys/{id}`. */
export const updateKeySchema = z
  .strictObject({ name: nameSchema.optional(), is_active: z.boolean().optional() })
  .refine((body) => Object.keys(body).length > 0, { error: "Send is_active, name or both." });

const momentSchema = z.iso.datetime({ precision: 0 });

/** An API key as the console sees it. The contract's six members come first. */
export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  key_preview: z.string(),
  created_at: momentSchema,
  last_used_at: momentSchema.nullable(),
  is_active: z.boolean(),
  environment: environmentSchema.nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const apiKeyListSchema = z.object({ keys: z.array(apiKeySchema) });

/** One key, with what its deletion would leave behind. */
export const apiKeyDetailSchema = apiKeySchema.extend({ waiting_posts: z.int() });
export type ApiKeyDetail = z.infer<typeof apiKeyDetailSchema>;

/** The one answer that shows a secret; absent when a repeated request names the key it already made. */
export const generatedKeySchema = apiKeySchema.extend({ key: z.string().optional() });
export type GeneratedKey = z.infer<typeof generatedKeySchema>;

export const deletedKeySchema = z.object({
  success: z.literal(true),
  message: z.literal("API key deleted successfully"),
});
