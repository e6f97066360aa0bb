import { ExactTime } from "#components/ui/exact-time";
import { fill, type Locale, type Messages } from "#lib/i18n/schema";
import type { KeyRequest } from "#lib/usage/schema";

type RequestsTableProps = { requests: KeyRequest[]; locale: Locale; text: Messages["usage"] };

const CELL = "max-lg:py-1 lg:py-3 lg:pr-4";

/** Recent requests, newest first: a table whose rows become cards on phones. */
export function RequestsTable({ requests, locale, text }: RequestsTableProps) {
  const { time, request, status, duration, from, requestId } = text.columns;
  return (
    <table className="w-full text-left max-lg:block">
      <thead className="text-small text-muted max-lg:sr-only">
        <tr className="border-t border-line">
          {[time, request, status, duration, from, requestId].map((column) => (
            <th key={column} scope="col" className="py-2.5 pr-4 font-normal whitespace-nowrap first:pl-6 last:pr-6">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-lg:block">
        {requests.map((one) => (
          <RequestRow key={one.request_id} request={one} locale={locale} text={text} />
        ))}
      </tbody>
    </table>
  );
}

type RequestRowProps = { request: KeyRequest; locale: Locale; text: Messages["usage"] };

function RequestRow({ request, locale, text }: RequestRowProps) {
  const { at, method, route, status, refusal, milliseconds, address, user_agent, request_id } = request;
  const { columns } = text;
  return (
    <tr className="border-t border-line align-baseline max-lg:block max-lg:p-4 sm:max-lg:px-6">
      <td data-label={columns.time} className={`${CELL} lg:pl-6`}>
        <ExactTime at={at} hasTime />
      </td>
      <td data-label={columns.request} className={CELL}>
        <code translate="no" className="font-mono text-small wrap-anywhere">{`${method} ${route}`}</code>
      </td>
      <td data-label={columns.status} className={CELL}>
        <span>
          <span className="tabular-nums">{status}</span>
          {refusal && <span className="block text-small text-warn">{text.refusals[refusal]}</span>}
        </span>
      </td>
      <td data-label={columns.duration} className={`${CELL} whitespace-nowrap tabular-nums`}>
        {fill(text.milliseconds, { count: milliseconds.toLocaleString(locale) })}
      </td>
      <td data-label={columns.from} className={CELL}>
        <span className="min-w-0">
          <span translate="no" className="wrap-anywhere tabular-nums">
            {address}
          </span>
          <span dir="auto" className="line-clamp-2 text-small wrap-anywhere text-muted">
            {user_agent ?? text.noAgent}
          </span>
        </span>
      </td>
      <td data-label={columns.requestId} className={`${CELL} lg:w-44 lg:pr-6`}>
        <code translate="no" className="font-mono text-small wrap-anywhere text-muted">
          {request_id}
        </code>
      </td>
    </tr>
  );
}
