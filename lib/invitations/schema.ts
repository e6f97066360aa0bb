import { z } from "zod";
import { toAddressKey } from "#lib/organizations/address-key";
import { roleSchema } from "#lib/organizations/schema";
import { withoutInvisible } from "#lib/pasted/schema";
import { rule } from "#lib/problems/problem";

export const MAX_OPEN_INVITATIONS = 50;
export const INVITATIONS_PER_HOUR = 20;
export const INVITATION_DAYS = 14;
const MAX_ADDRESS_LENGTH = 254;

const addressSchema = z
  .string()
  .overwrite((text) => withoutInvisible(text).normalize("NFC"))
  .refine((text) => text.length <= MAX_ADDRESS_LENGTH && toAddressKey(text) !== undefined, {
    error: rule("email_form"),
  })
  .meta({ format: "email", example: "ada@example.com" });

/** Body of `POST /api/organizations/{id}/invitations`. */
export const inviteSchema = z.strictObject({ email: addressSchema, role: roleSchema });
export type NewInvitation = z.infer<typeof inviteSchema>;

const momentSchema = z.iso.datetime({ precision: 0 });
const personSchema = z.object({ id: z.uuid(), name: z.string().nullable(), email: z.string() });

export const INVITATION_STATUSES = ["pending", "expired", "accepted", "declined", "revoked"] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** An invitation as the organization's admins see it. */
export const invitationSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  role: roleSchema,
  status: z.enum(INVITATION_STATUSES),
  invited_by: personSchema.nullable(),
  created_at: momentSchema,
  expires_at: momentSchema,
  settled_at: momentSchema.nullable(),
  /** The address to give to the person. It works only for them. */
  url: z.url(),
  /** What became of the mail about it. Null where the server sends none. */
  mail: z.object({ sent_at: momentSchema.nullable(), failed: z.boolean() }).nullable(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** An invitation as its addressee sees it. */
export const receivedInvitationSchema = z.object({
  id: z.uuid(),
  organization: z.object({ id: z.uuid(), name: z.string() }),
  role: roleSchema,
  invited_by: personSchema.nullable(),
  expires_at: momentSchema,
});
export type ReceivedInvitation = z.infer<typeof receivedInvitationSchema>;
