import { z } from "zod";
import { capabilitiesSchema } from "#lib/networks/schema";
import { seen, withoutInvisible } from "#lib/pasted/schema";
import { rule } from "#lib/problems/problem";

export const MAX_ACCOUNTS_PER_ORGANIZATION = 50;
const MAX_GIVEN_LENGTH = 2048;

const momentSchema = z.iso.datetime({ precision: 0 });

/** A connected account as its owner sees it, without its credential. */
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

/** An account, with the number of posts that still wait for it. */
export const accountDetailSchema = accountSchema.extend({ waiting_posts: z.int() });
export type AccountDetail = z.infer<typeof accountDetailSchema>;

const givenSchema = z
  .string()
  .max(MAX_GIVEN_LENGTH, { error: rule("text_too_long", { most: MAX_GIVEN_LENGTH }) })
  .refine((text) => text.isWellFormed() && !text.includes("\0"), { error: rule("characters_broken") });

/** Body of `POST /api/accounts`: a network and values for its `connect_fields`. */
export const connectSchema = z.strictObject({
  network: z.string().overwrite(withoutInvisible).max(40),
  // Tools send different values for an empty field. All of them count as empty.
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
    .describe("Values that are shown only once, for example a signing secret"),
});
const authorizationSchema = z.object({
  authorization_url: z
    .url({ protocol: /^https?$/ })
    .describe("Where the user must give consent before the account is connected"),
});

/** Accounts that a user may choose from, by ids that mean nothing elsewhere. */
const choicesSchema = z.object({
  choices_id: z.string().describe("For `POST /api/accounts/choices`, within fifteen minutes"),
  network: z.string(),
  choices: z.array(z.object({ id: z.string(), label: z.string() })),
});
export type AccountChoices = z.infer<typeof choicesSchema>;

/** Body of `POST /api/accounts/choices`: which of them to connect. */
export const chooseSchema = z.strictObject({
  choices_id: seen(z.string().max(100)),
  chosen: z.array(z.string().max(300)).min(1).max(MAX_ACCOUNTS_PER_ORGANIZATION),
});
export type ChooseRequest = z.infer<typeof chooseSchema>;

/** The result of connecting: the account, the address where its user must agree first, or accounts to choose from. */
export const connectAnswerSchema = z.union([connectedSchema, authorizationSchema, choicesSchema]);
export type ConnectAnswer = z.infer<typeof connectAnswerSchema>;

/** The outcome of an authorization on the network's own page. */
export const outcomeSchema = z.enum(["connected", "choose", "denied", "stale", "refused", "unavailable", "full"]);
export type Outcome = z.infer<typeof outcomeSchema>;

export const disconnectedAccountSchema = z.object({ success: z.literal(true), message: z.string() });
