import { KeyStatus } from "#components/keys/key-status";
import { RowActions } from "#components/keys/row-actions";
import { RowCheckbox } from "#components/keys/row-checkbox";
import { RowName } from "#components/keys/row-name";
import { RowRotate } from "#components/keys/row-rotate";
import type { Elements } from "#components/ui/elements";
import { ExactTime } from "#components/ui/exact-time";
import { toTimeAgo } from "#components/ui/to-time-ago";
import { fill, type Locale, type Messages } from "#lib/i18n/schema";
import type { ApiKey, KeyBadge } from "#lib/keys/schema";
import { WARNING_MILLISECONDS } from "#lib/keys/shape";

type KeyRowProps = {
  apiKey: ApiKey;
  badges: KeyBadge[];
  mayChange: boolean;
  isShared: boolean;
  sparkline: Elements;
  locale: Locale;
  text: Messages["keys"];
};

const CELL = "max-lg:py-1 lg:py-3 lg:pr-4";
const BADGE = "rounded-full bg-warn-soft px-2 text-small text-warn";

/** One key: its name, its status and its actions. */
export function KeyRow({ apiKey, badges, mayChange, isShared, sparkline, locale, text }: KeyRowProps) {
  const { key_preview, created_at, last_used_at, note, status, generated_by: maker } = apiKey;
  const ending = describeEnd(apiKey, locale, text);
  return (
    <tr className="border-t border-line max-lg:block max-lg:p-4 sm:max-lg:px-6">
      <td className="max-lg:block max-lg:pb-2 lg:py-3 lg:pr-4 lg:pl-3">
        <div className="flex items-start gap-1 max-lg:-ml-3.5">
          {mayChange ? <RowCheckbox apiKey={apiKey} /> : <span className="size-11 shrink-0 mouse:size-8" />}
          <div className="min-w-0 pt-2.5 mouse:pt-1">
            <RowName apiKey={apiKey} />
            <span className="mt-0.5 flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <KeyStatus status={status} text={text} />
              {ending && <span className={BADGE}>{ending}</span>}
              {badges.map((badge) => (
                <span key={badge} className={BADGE}>
                  {text.badges[badge]}
                </span>
              ))}
              {apiKey.known_to_former_member && (
                <>
                  <span className={BADGE}>{text.knownToFormerMember}</span>
                  {mayChange && mayRotate(apiKey) && <RowRotate apiKey={apiKey} />}
                </>
              )}
            </span>
            {note && (
              <span dir="auto" className="block text-small text-muted wrap-anywhere">
                {note}
              </span>
            )}
          </div>
        </div>
      </td>
      <td data-label={text.columns.key} className={CELL}>
        <code translate="no" className="font-mono text-small whitespace-nowrap">
          {key_preview}
        </code>
      </td>
      <td data-label={text.columns.created} className={CELL}>
        <ExactTime at={created_at} />
      </td>
      <td data-label={text.columns.lastUsed} className={CELL}>
        <span className="flex flex-wrap items-center gap-x-3">
          {last_used_at ? (
            <ExactTime at={last_used_at} />
          ) : (
            <span className="whitespace-nowrap text-muted">{text.never}</span>
          )}
          {sparkline}
        </span>
      </td>
      {isShared && (
        <td data-label={text.columns.generatedBy} className={`${CELL} wrap-anywhere lg:max-w-48`}>
          {maker ? (
            <bdi translate="no" title={maker.email}>
              {maker.name ?? maker.email}
            </bdi>
          ) : (
            <span className="text-muted">{text.nobody}</span>
          )}
        </td>
      )}
      <td className="max-lg:block max-lg:pt-2 lg:py-2 lg:pr-3">
        <RowActions apiKey={apiKey} mayChange={mayChange} />
      </td>
    </tr>
  );
}

const mayRotate = ({ status, replaced_by }: ApiKey) => status === "active" && !replaced_by;

function describeEnd({ status, expires_at, replaced_by, leaked_at }: ApiKey, locale: Locale, text: Messages["keys"]) {
  if (leaked_at) return text.leaked;
  if (status !== "active" || !expires_at) return replaced_by ? text.replaced : undefined;
  const moment = toTimeAgo(expires_at, locale);
  if (replaced_by) return fill(text.replacedEnds, { moment });
  const isNear = Date.parse(expires_at) - Date.now() < WARNING_MILLISECONDS;
  return isNear ? fill(text.expires, { moment }) : undefined;
}
