import { ApiError } from "#lib/errors";
import { ROLES, type Role } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

/** What a member can do in an organization, with the lowest role that may. */
export const ACTS = {
  "organization.read": "member",
  "posts.write": "member",
  "keys.generate": "member",
  /** Change, rotate, enable or delete a key that one generated. */
  "keys.change_own": "member",
  /** Disable any key, or report it as leaked. */
  "keys.disable": "member",
  "accounts.check": "member",
  "organization.leave": "member",
  "keys.change_any": "admin",
  "accounts.connect": "admin",
  "webhooks.change": "admin",
  "activity.read": "admin",
  "organization.rename": "admin",
  "members.invite": "admin",
  "members.remove": "admin",
  "members.appoint": "owner",
  "organization.delete": "owner",
} as const satisfies Record<string, Role>;
export type Act = keyof typeof ACTS;

/** Whether a role may do this. */
export const mayAct = (role: Role, act: Act): boolean => rankOf(role) >= rankOf(ACTS[act]);

/** Throws 403 `Forbidden` with the lowest role that may do this, unless the role may. */
export const requireAct = (role: Role, act: Act): void => {
  if (mayAct(role, act)) return;
  throw new ApiError("Forbidden", say(ACTS[act] === "owner" ? "role_owner_needed" : "role_admin_needed"));
};

/** Whether a role may give another one, or act on somebody who has it: one below its own, and owners any. */
export const mayManage = (role: Role, other: Role): boolean => role === "owner" || rankOf(role) > rankOf(other);

/** Whether a member may change, rotate and delete this key, and not only disable it. */
export const mayChangeKey = (
  { role, userId }: { role: Role; userId: string },
  key: { generated_by: { id: string } | null },
): boolean => mayAct(role, "keys.change_any") || (mayAct(role, "keys.change_own") && key.generated_by?.id === userId);

/** Throws 403 `Forbidden` unless `mayManage`. */
export const requireManage = (role: Role, other: Role): void => {
  if (!mayManage(role, other)) throw new ApiError("Forbidden", say("role_not_below"));
};

function rankOf(role: Role): number {
  return ROLES.indexOf(role);
}
