import { z } from "zod";
import { readMoment } from "#lib/pasted/read-moment";
import { rule } from "#lib/problems/problem";

/** Every action that the log records. The names are part of the API. */
export const AUDIT_ACTIONS = [
  "session.started",
  "session.ended",
  "session.ended_everywhere",
  "sign_in.refused",
  "key.generated",
  "key.updated",
  "key.disabled",
  "key.enabled",
  "key.rotated",
  "key.ended",
  "key.deleted",
  "key.leaked",
  "key.refused",
  "account.connected",
  "account.disconnected",
  "webhook.created",
  "webhook.updated",
  "webhook.disabled",
  "webhook.enabled",
  "webhook.secret_rotated",
  "webhook.deleted",
  "organization.created",
  "organization.renamed",
  "organization.deleted",
  "member.joined",
  "member.role_changed",
  "member.removed",
  "member.left",
  "invitation.sent",
  "invitation.renewed",
  "invitation.revoked",
  "invitation.declined",
  "user.updated",
  "user.deleted",
] as const;
type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The actions that concern one person and no organization. */
export const PERSONAL_ACTIONS: readonly AuditAction[] = [
  "session.started",
  "session.ended",
  "session.ended_everywhere",
  "sign_in.refused",
  "user.updated",
  "user.deleted",
];

/** Who can act: a person, a program with a key, a reporter of leaks, GitHub, or the operator of the installation. */
const ACTOR_KINDS = ["user", "api_key", "report", "github", "operator"] as const;

/** Who acts, for which organization, and from which address. */
export type Actor = {
  kind: (typeof ACTOR_KINDS)[number];
  organizationId: string | null;
  userId?: string | null;
  sessionId?: string;
  address: string | null;
  userAgent: string | null;
};

/** A signed-in person. */
export type UserActor = Actor & { kind: "user"; userId: string };

/** A signed-in person who acts for an organization of theirs. */
export type MemberActor = UserActor & { organizationId: string };

/**
 * Something that happened. It belongs to the log of the actor's organization, or to the actor's own if it is a personal
 * action, unless `ownerId` names another owner.
 */
export type AuditEntry = {
  action: AuditAction;
  ownerId?: string | null;
  keyId?: string;
  /** Further details as JSON. Never a secret. */
  details?: Record<string, unknown>;
};

/** The most events that an exported file holds. */
export const MAX_EXPORTED_EVENTS = 10_000;

const momentSchema = z.iso.datetime({ precision: 0 });

/** An event as its owner sees it. The id is its link in the chain. */
export const auditEventSchema = z.object({
  id: z.hex(),
  at: momentSchema,
  action: z.enum(AUDIT_ACTIONS),
  actor: z.enum(ACTOR_KINDS),
  /** The person who did it. Null for others than persons, and once their account is gone. */
  actor_user: z.object({ id: z.uuid(), name: z.string().nullable(), email: z.string() }).nullable(),
  key: z.object({ id: z.uuid(), name: z.string(), key_preview: z.string() }).nullable(),
  session_id: z.uuid().nullable(),
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  /** The id of the person who did it, also once their account is gone. */
  actor_id: z.uuid().nullable(),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

const isDayOrMoment = (text: string): boolean => z.iso.date().safeParse(text).success || readMoment(text) !== undefined;

const dayOrMomentSchema = z
  .string()
  // An unencoded plus sign arrives as a space.
  .overwrite((text) => text.replace(/ (?=\d\d:?\d\d$)/, "+"))
  .refine(isDayOrMoment, { error: rule("day_or_moment") });

/** Which events to show. A day means a whole day in UTC, and both ends are included. */
export const auditFilterSchema = z
  .object({
    action: z.enum(AUDIT_ACTIONS).optional(),
    key_id: z.uuid({ error: rule("id_of_key") }).optional(),
    from: dayOrMomentSchema.optional(),
    to: dayOrMomentSchema.optional(),
  })
  .refine(({ from, to }) => !from || !to || Date.parse(from) < toEnd(to), {
    path: ["to"],
    error: rule("moment_before_beginning"),
  });
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** When a day or a moment ends: at the next day, or at the next second. */
export function toEnd(text: string): number {
  const length = /T/i.test(text) ? 1000 : 86_400_000;
  return Math.floor(Date.parse(text) / length) * length + length;
}

/** A key that events can refer to. */
export type AuditKey = { id: string; name: string; preview: string; isDeleted: boolean };

/** The old and new value of each changed member, from the details of `key.updated`. */
export const changesSchema = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })).catch({});
