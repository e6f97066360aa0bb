import { z } from "zod";

const momentSchema = z.iso.datetime({ precision: 0 });

/** A signed-in browser as its owner sees it. No member can hold the token. */
export const sessionSchema = z.object({
  id: z.uuid(),
  user_agent: z.string().nullable(),
  ip_address: z.string().nullable(),
  created_at: momentSchema,
  last_seen_at: momentSchema,
  is_current: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

export const sessionListSchema = z.object({ sessions: z.array(sessionSchema) });

export const endedSessionSchema = z.object({
  success: z.literal(true),
  message: z.literal("Session ended successfully"),
});

export const signedOutEverywhereSchema = z.object({
  success: z.literal(true),
  message: z.literal("Signed out everywhere"),
});

/** Why a sign-in failed, as the sign-in page reads it from `?error=`. Any other value reads as `Failed`. */
export const signInErrorSchema = z.enum(["Cancelled", "NotAllowed", "Unavailable", "Failed"]);
export type SignInError = z.infer<typeof signInErrorSchema>;
