import { z } from "zod";
import { nameSchema } from "#lib/keys/schema";
import { rule } from "#lib/problems/problem";

/** What a member may be, from the lowest rank to the highest. */
export const ROLES = ["member", "admin", "owner"] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** An organization that a user belongs to, and as what. */
export type Membership = { organizationId: string; role: Role };

export const MAX_MEMBERS = 100;
export const MAX_OWNED_ORGANIZATIONS = 10;

const momentSchema = z.iso.datetime({ precision: 0 });

/** An organization as one of its members sees it. */
export const organizationSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  role: roleSchema,
  members_count: z.int(),
  is_current: z.boolean(),
  created_at: momentSchema,
});
export type Organization = z.infer<typeof organizationSchema>;

/** Body of `POST /api/organizations` and `PATCH /api/organizations/{id}`. */
export const organizationNameSchema = z.strictObject({ name: nameSchema });

/** Body of `DELETE /api/organizations/{id}`: its name, typed again. */
export const deleteOrganizationSchema = z.strictObject({ name: z.string() });

/** A member as the others see them. */
export const memberSchema = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  email: z.string(),
  picture: z.string().nullable(),
  role: roleSchema,
  /** How many keys that they generated still work. */
  live_keys: z.int(),
  joined_at: momentSchema,
});
export type Member = z.infer<typeof memberSchema>;

/** Body of `PATCH /api/organizations/{id}/members/{user_id}`. */
export const changeRoleSchema = z.strictObject({ role: roleSchema });

/** Query of `DELETE /api/organizations/{id}/members/{user_id}`: what becomes of the keys that the member generated. */
export const removeMemberSchema = z.strictObject({
  keys: z.enum(["disable", "keep"], { error: rule("expected_one_of", { values: "disable, keep" }) }).optional(),
});
export type KeysChoice = NonNullable<z.infer<typeof removeMemberSchema>["keys"]>;

/** A key that a member to be removed knows. */
export type KnownKey = { id: string; name: string; key_preview: string };

export const removedMemberSchema = z.object({
  success: z.literal(true),
  /** The keys that were disabled. */
  disabled_keys: z.array(z.uuid()),
});

export const doneSchema = z.object({ success: z.literal(true) });
