import { buttonClass } from "#components/ui/button";
import type { Elements } from "#components/ui/elements";
import { AUDIT_ACTIONS, type AuditFilter, type AuditKey } from "#lib/audit/schema";
import { fill, type Messages } from "#lib/i18n/schema";

type ActivityFilterProps = { filter: AuditFilter; keys: AuditKey[]; text: Pick<Messages, "activity" | "events"> };

const FIELD =
  "mt-1 block min-h-11 w-full min-w-0 rounded-control border border-edge bg-surface px-3 text-input mouse:min-h-9 mouse:text-body";

/** Which events are shown: a form that becomes the page's address, so that it works without JavaScript. */
export function ActivityFilter({ filter, keys, text: { activity, events } }: ActivityFilterProps) {
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <form
      action="/account/security#activity"
      aria-label={activity.filter}
      className="grid items-end gap-x-4 gap-y-3 border-t border-line p-4 sm:grid-cols-2 sm:px-6 lg:grid-cols-4"
    >
      <Field id="activity-action" name={activity.action}>
        <select id="activity-action" name="action" defaultValue={filter.action ?? ""} className={FIELD}>
          <option value="">{activity.everyAction}</option>
          {AUDIT_ACTIONS.map((action) => (
            <option key={action} value={action}>
              {events.actions[action]}
            </option>
          ))}
        </select>
      </Field>
      <Field id="activity-key" name={activity.key}>
        <KeySelect chosen={filter.key_id?.toLowerCase()} keys={keys} text={activity} />
      </Field>
      <Field id="activity-from" name={activity.from}>
        <input id="activity-from" type="date" name="from" defaultValue={filter.from?.slice(0, 10)} className={FIELD} />
      </Field>
      <Field id="activity-to" name={activity.to}>
        <input id="activity-to" type="date" name="to" defaultValue={filter.to?.slice(0, 10)} className={FIELD} />
      </Field>
      <div className="flex flex-wrap gap-2 sm:col-span-full">
        <button type="submit" className={buttonClass()}>
          {activity.apply}
        </button>
        {isFiltered && (
          <a href="/account/security#activity" className={buttonClass("quiet")}>
            {activity.clear}
          </a>
        )}
      </div>
    </form>
  );
}

function Field({ id, name, children }: { id: string; name: string; children: Elements }) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-small text-muted">
        {name}
      </label>
      {children}
    </div>
  );
}

type KeySelectProps = { chosen: string | undefined; keys: AuditKey[]; text: Messages["activity"] };

function KeySelect({ chosen, keys, text }: KeySelectProps) {
  const deleted = keys.filter(({ isDeleted }) => isDeleted);
  const isListed = !chosen || keys.some(({ id }) => id === chosen);
  return (
    <select id="activity-key" name="key_id" defaultValue={chosen ?? ""} className={FIELD}>
      <option value="">{text.everyKey}</option>
      {keys.map((key) => !key.isDeleted && <KeyOption key={key.id} {...key} />)}
      {deleted.length > 0 && (
        <optgroup label={text.deletedKeys}>
          {deleted.map((key) => (
            <KeyOption key={key.id} {...key} />
          ))}
        </optgroup>
      )}
      {!isListed && <option value={chosen}>{chosen}</option>}
    </select>
  );
}

function KeyOption({ id, name, preview }: AuditKey) {
  return (
    <option value={id} translate="no">
      {fill("{name} ({preview})", { name, preview })}
    </option>
  );
}
