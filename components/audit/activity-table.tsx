import { describeEvent, type EventText } from "#components/audit/describe-event";
import { describeDevice } from "#components/sessions/describe-device";
import { ExactTime } from "#components/ui/exact-time";
import { WithTimes } from "#components/ui/with-times";
import type { AuditEvent } from "#lib/audit/schema";

type ActivityTableProps = {
  events: AuditEvent[];
  /** Whether several persons act, so that each event says who did it. */
  isShared: boolean;
  text: EventText;
};

/** Events, newest first: a table, whose rows become cards on phones. */
export function ActivityTable({ events, isShared, text }: ActivityTableProps) {
  const { columns } = text.activity;
  return (
    <table aria-labelledby="activity" className="w-full text-left max-lg:block">
      <thead className="text-small text-muted max-lg:sr-only">
        <tr className="border-t border-line">
          {[columns.what, columns.from, columns.when].map((column) => (
            <th key={column} scope="col" className="py-2.5 pr-6 font-normal whitespace-nowrap first:pl-6">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-lg:block">
        {events.map((event) => (
          <EventRow key={event.id} event={event} isShared={isShared} text={text} />
        ))}
      </tbody>
    </table>
  );
}

type EventRowProps = Omit<ActivityTableProps, "events"> & { event: AuditEvent };

function EventRow({ event, isShared, text }: EventRowProps) {
  const person = isShared ? event.actor_user : null;
  const { sentence, changes } = describeEvent(event, text, isShared);
  const { columns } = text.activity;
  return (
    <tr className="border-t border-line align-top max-lg:block max-lg:p-4 sm:max-lg:px-6">
      <td className="wrap-anywhere max-lg:block max-lg:pb-2 lg:py-3 lg:pr-6 lg:pl-6">
        <span className="font-medium">{sentence}</span>
        {changes.map((change) => (
          <span key={change} className="block text-small text-muted">
            <WithTimes>{change}</WithTimes>
          </span>
        ))}
      </td>
      <td data-label={columns.from} className="max-lg:py-1 lg:w-64 lg:py-3 lg:pr-6">
        <span className="min-w-0">
          {person && (
            <bdi translate="no" title={person.email} className="block wrap-anywhere">
              {person.name ?? person.email}
            </bdi>
          )}
          <span className="block wrap-anywhere" title={event.user_agent ?? undefined}>
            {toWho(event, text)}
          </span>
          <span translate={event.address ? "no" : undefined} className="block text-small wrap-anywhere text-muted">
            {event.address ?? text.security.noAddress}
          </span>
        </span>
      </td>
      <td data-label={columns.when} className="max-lg:py-1 lg:w-44 lg:py-3 lg:pr-6">
        <ExactTime at={event.at} hasTime />
      </td>
    </tr>
  );
}

// A person is shown by device. A program chooses its own name, so it is marked as a program.
function toWho({ actor, user_agent }: AuditEvent, { events, security }: EventText): string {
  return actor === "user" || actor === "api_key" ? describeDevice(user_agent, security) : events.actors[actor];
}
