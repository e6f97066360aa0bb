import { buttonClass } from "#components/ui/button";
import { FILTER_FIELD, FilterField, FilterForm } from "#components/ui/filter-form";
import { AUDIT_ACTIONS, type AuditFilter, type AuditKey } from "#lib/audit/schema";
import { fill, type Messages } from "#lib/i18n/schema";

type ActivityFilterProps = {
  filter: AuditFilter;
  /** The number of results, as text. */
  found: string;
  keys: AuditKey[];
  text: Pick<Messages, "activity" | "events">;
};

// The log has no older events. The limits also keep a half-typed year from being searched for.
const DAYS = { min: "2000-01-01", max: "9999-12-31" };

/** The filter of the audit log. */
export function ActivityFilter({ filter, found, keys, text: { activity, events } }: ActivityFilterProps) {
  const { action = "", key_id: key = "", from = "", to = "" } = filter;
  const isFiltered = Boolean(action || key || from || to);
  const values = { action, key_id: key.toLowerCase(), from: from.slice(0, 10), to: to.slice(0, 10) };
  return (
    <FilterForm
      action="/account/security#activity"
      label={activity.filter}
      values={values}
      found={found}
      apply={activity.apply}
      className="grid grid-cols-2 items-end gap-x-3 gap-y-2 border-t border-line p-4 sm:gap-x-4 sm:px-6 lg:grid-cols-4"
      clear={
        isFiltered && (
          <a href="/account/security#activity" className={`${buttonClass("quiet")} justify-self-start`}>
            {activity.clear}
          </a>
        )
      }
    >
      <FilterField id="activity-action" name={activity.action}>
        <select id="activity-action" name="action" defaultValue={action} className={FILTER_FIELD}>
          <option value="">{activity.everyAction}</option>
          {AUDIT_ACTIONS.map((action) => (
            <option key={action} value={action}>
              {events.actions[action]}
            </option>
          ))}
        </select>
      </FilterField>
      <FilterField id="activity-key" name={activity.key}>
        <KeySelect chosen={values.key_id} keys={keys} text={activity} />
      </FilterField>
      <FilterField id="activity-from" name={activity.from}>
        <input
          id="activity-from"
          type="date"
          {...DAYS}
          name="from"
          defaultValue={values.from}
          className={FILTER_FIELD}
        />
      </FilterField>
      <FilterField id="activity-to" name={activity.to}>
        <input id="activity-to" type="date" {...DAYS} name="to" defaultValue={values.to} className={FILTER_FIELD} />
      </FilterField>
    </FilterForm>
  );
}

type KeySelectProps = { chosen: string; keys: AuditKey[]; text: Messages["activity"] };

function KeySelect({ chosen, keys, text }: KeySelectProps) {
  const deleted = keys.filter(({ isDeleted }) => isDeleted);
  const isListed = !chosen || keys.some(({ id }) => id === chosen);
  return (
    <select id="activity-key" name="key_id" defaultValue={chosen} className={FILTER_FIELD}>
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
