import { z } from "zod";
import { capabilitiesSchema } from "#lib/networks/schema";

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
