import { describeDevice } from "#components/sessions/describe-device";
import { type AuditEvent, changesSchema } from "#lib/audit/schema";
import { fill, type Messages } from "#lib/i18n/schema";

export type EventText = Pick<Messages, "events" | "activity" | "security">;

/**
 * An event as a sentence, and its changes, one line for each. Moments within a line keep the ISO format. In a shared log, it
 * names the person who acted.
 */
export const describeEvent = (
  event: AuditEvent,
  text: EventText,
  isShared = false,
): { sentence: string; changes: string[] } => ({
  sentence: fill(toSentence(event, text.events), {
    key: event.key?.name ?? text.activity.unknownKey,
    device: describeDevice(toText(event.details.user_agent), text.security),
    reason: toReason(event, text.events),
    source: (isShared && toPerson(event)) || toSource(event, text.events),
    account: toText(event.details.username) ?? "",
    network: toText(event.details.network) ?? "",
    host: toText(event.details.host) ?? "",
  }),
  changes: toChanges(event, text.events),
});

function toSentence({ action, details, session_id }: AuditEvent, { sentences, variants }: Messages["events"]): string {
  if (action === "session.ended" && details.session_id !== session_id) return variants.sessionEndedElsewhere;
  if (action === "key.generated" && details.replaces !== undefined) return variants.keyGeneratedByRotation;
  return sentences[action];
}

function toReason({ details }: AuditEvent, { reasons }: Messages["events"]): string {
  const known: Record<string, string> = reasons;
  const reason = toText(details.reason) ?? "";
  return known[reason] ?? reason;
}

// Among several members, “you” would be said of each of them.
function toPerson({ actor, actor_user: person }: AuditEvent): string | undefined {
  return actor === "user" ? (person?.name ?? person?.email) : undefined;
}

function toSource({ actor }: AuditEvent, { sources }: Messages["events"]): string {
  return actor === "user" || actor === "report" || actor === "github" ? sources[actor] : sources.report;
}

function toChanges({ details }: AuditEvent, { members, none, everything }: Messages["events"]): string[] {
  const names: Record<string, string> = members;
  const show = (value: unknown): string => {
    if (Array.isArray(value)) return value.map((item) => (item === "*" ? everything : String(item))).join(", ") || none;
    if (value === null || value === undefined) return none;
    return String(value);
  };
  const changes = Object.entries(changesSchema.parse(details.changes));
  return changes.map(([member, { from, to }]) =>
    fill("{name}: {from} → {to}", { name: names[member] ?? member, from: show(from), to: show(to) }),
  );
}

function toText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
