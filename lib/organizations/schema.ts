import { z } from "zod";

/** What a member may be, from the lowest rank to the highest. */
export const ROLES = ["member", "admin", "owner"] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** An organization that a user belongs to, and as what. */
export type Membership = { organizationId: string; role: Role };
