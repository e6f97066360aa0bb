import { z } from "zod";
import { capabilitiesSchema } from "#lib/networks/schema";
import { withoutInvisible } from "#lib/pasted/schema";
import { rule } from "#lib/problems/problem";

export const MAX_ACCOUNTS_PER_USER = 50;
const MAX_GIVEN_LENGTH = 2048;

const momentSchema = z.iso.datetime({ precision: 0 });

/** A connection to a network as its owner sees it. Never a credential. */
export const accountSchema = z.object({
  account_id: z.uuid(),
  social_channel_type: z.string(),
  display_name: z.string(),
  username: z.string(),
  is_valid: z.boolean(),
  expires_at: momentSchema.nullable(),
  created_at: momentSchema,
  updated_at: momentSchema,
  status: z.enum(["valid", "expiring", "revoked"]),
  capabilities: capabilitiesSchema,
});
export type Account = z.infer<typeof accountSchema>;

/** An account, and how many posts still wait for it. */
export const accountDetailSchema = accountSchema.extend({ waiting_posts: z.int() });
export type AccountDetail = z.infer<typeof accountDetailSchema>;

const givenSchema = z
  .string()
  .max(MAX_GIVEN_LENGTH, { error: rule("text_too_long", { most: MAX_GIVEN_LENGTH }) })
  .refine((text) => text.isWellFormed() && !text.includes("\0"), { error: rule("characters_broken") });

/** Body of `POST /api/accounts`: a network, and its `connect_fields` by their names. */
export const connectSchema = z.strictObject({
  network: z.string().overwrite(withoutInvisible).max(40),
  // What nobody filled in is empty, whatever a tool sends for it.
  fields: z.record(
    z.string().max(40),
    z.preprocess((value) => value ?? "", givenSchema),
  ),
});
export type ConnectRequest = z.infer<typeof connectSchema>;

const connectedSchema = accountSchema.extend({
  shown: z
    .record(z.string(), z.string())
    .optional()
    .describe("What is told this one time, for example a signing secret"),
});
const authorizationSchema = z.object({
  authorization_url: z.url({ protocol: /^https?$/ }).describe("Where the user has to agree before there is an account"),
});

/** What comes of connecting: the account, or the address at which its user has to agree first. */
export const connectAnswerSchema = z.union([connectedSchema, authorizationSchema]);
export type ConnectAnswer = z.infer<typeof connectAnswerSchema>;

/** What came of a connection whose user went to the network's own page. */
export const outcomeSchema = z.enum(["connected", "denied", "stale", "refused", "unavailable", "full"]);
export type Outcome = z.infer<typeof outcomeSchema>;

export const disconnectedAccountSchema = z.object({ success: z.literal(true), message: z.string() });
