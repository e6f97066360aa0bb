import { ActivityFilter } from "#components/audit/activity-filter";
import { ActivityTable } from "#components/audit/activity-table";
import type { EventText } from "#components/audit/describe-event";
import { inOrganization } from "#components/organizations/in-organization";
import { buttonClass } from "#components/ui/button";
import { Notice } from "#components/ui/notice";
import { Pages, toRange } from "#components/ui/pages";
import type { AuditEvent, AuditFilter, AuditKey } from "#lib/audit/schema";

type ActivityProps = {
  organizationId: string;
  /** Whether the organization has several members. */
  isShared: boolean;
  filter: AuditFilter;
  /** The same filter with the exact moments at which the reader's days begin and end, for the exported file. */
  exact: AuditFilter;
  isUnderstood: boolean;
  page: number;
  pageSize: number;
  count: number;
  events: AuditEvent[];
  keys: AuditKey[];
  text: EventText;
};

/** The audit log that the user may see, with its filter, pages and export. The page's address holds the whole state. */
export function Activity(props: ActivityProps) {
  const { organizationId, isShared, filter, exact, isUnderstood, page, pageSize, count, events, keys, text } = props;
  const { activity } = text;
  return (
    <section aria-labelledby="activity" className="mt-8 rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4 sm:px-6 sm:py-5">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id="activity" className="scroll-mt-20 text-head font-semibold">
            {activity.title}
          </h2>
          <p className="text-muted">{activity.lead}</p>
        </div>
        <a
          href={inOrganization(`/api/audit-events.csv?${toParams(exact)}`, organizationId)}
          className={`${buttonClass()} max-sm:w-full`}
        >
          {activity.download}
        </a>
      </div>
      {!isUnderstood && (
        <Notice look="warn" className="mx-4 mb-4 sm:mx-6">
          {activity.notUnderstood}
        </Notice>
      )}
      <ActivityFilter
        filter={filter}
        found={events.length > 0 ? toRange({ page, pageSize, count }, activity) : activity.none}
        keys={keys}
        text={text}
      />
      {events.length > 0 ? (
        <ActivityTable events={events} isShared={isShared} text={text} />
      ) : (
        <div className="border-t border-line px-6 py-12 text-center">
          <p className="font-medium">{activity.emptyTitle}</p>
          <p className="mx-auto mt-1 max-w-sm text-muted">{activity.emptyLead}</p>
        </div>
      )}
      <Pages
        {...{ page, pageSize, count }}
        toHref={(to) => `/account/security?${toParams(filter, to)}#activity`}
        text={activity}
      />
    </section>
  );
}

function toParams(filter: AuditFilter, page = 1): URLSearchParams {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams([...given, ...(page > 1 ? [["page", `${page}`]] : [])]);
}
