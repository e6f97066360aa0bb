import { z } from "zod";
import { readMoment } from "#lib/pasted/read-moment";
import { rule } from "#lib/problems/problem";

/** Everything that the log tells of. The names are part of the API. */
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
] as const;
type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who can act: a person, a program with a key, somebody who reports leaks, GitHub, whoever runs the installation. */
const ACTOR_KINDS = ["user", "api_key", "report", "github", "operator"] as const;

/** Who acts, and from where. */
export type Actor = {
  kind: (typeof ACTOR_KINDS)[number];
  userId: string | null;
  sessionId?: string;
  address: string | null;
  userAgent: string | null;
};

/** A person who is signed in. */
export type UserActor = Actor & { kind: "user"; userId: string };

/** Something that happened. It goes into its actor's log unless `userId` names the owner of another. */
export type AuditEntry = {
  action: AuditAction;
  userId?: string | null;
  keyId?: string;
  /** What else there is to tell, as JSON. Never a secret. */
  details?: Record<string, unknown>;
};

/** How many events a file for spreadsheets holds at most. */
export const MAX_EXPORTED_EVENTS = 10_000;

const momentSchema = z.iso.datetime({ precision: 0 });

/** An event as its owner sees it. Its id is its link in the chain. */
export const auditEventSchema = z.object({
  id: z.hex(),
  at: momentSchema,
  action: z.enum(AUDIT_ACTIONS),
  actor: z.enum(ACTOR_KINDS),
  key: z.object({ id: z.uuid(), name: z.string(), key_preview: z.string() }).nullable(),
  session_id: z.uuid().nullable(),
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

const isDayOrMoment = (text: string): boolean => z.iso.date().safeParse(text).success || readMoment(text) !== undefined;

const dayOrMomentSchema = z
  .string()
  // A plus sign that nobody encoded arrives as a space.
  .overwrite((text) => text.replace(/ (?=\d\d:?\d\d$)/, "+"))
  .refine(isDayOrMoment, { error: rule("day_or_moment") });

/** Which events are wanted. A day is a whole day of UTC, and both ends belong to what is wanted. */
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

/** When a day or a moment is over: the next day, or the next second. */
export function toEnd(text: string): number {
  const length = /T/i.test(text) ? 1000 : 86_400_000;
  return Math.floor(Date.parse(text) / length) * length + length;
}

/** A key that events can be about. */
export type AuditKey = { id: string; name: string; preview: string; isDeleted: boolean };

/** What the details of `key.updated` tell of each changed member. */
export const changesSchema = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })).catch({});
