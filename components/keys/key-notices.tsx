import { EndKeyButton } from "#components/keys/end-key-button";
import type { KeysText } from "#components/keys/keys-text";
import { Notice } from "#components/ui/notice";
import { toTimeAgo } from "#components/ui/to-time-ago";
import { fill, type Locale, type Messages } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";
import { WARNING_MILLISECONDS } from "#lib/keys/shape";

type KeyNoticesProps = {
  apiKey: ApiKey;
  mayChange: boolean;
  isLastAddressExcluded: boolean;
  locale: Locale;
  text: KeysText;
  page: Messages["keyPage"];
};

/** Notices that a visitor of this key's page should read first. */
export function KeyNotices({ apiKey, mayChange, isLastAddressExcluded, locale, text, page }: KeyNoticesProps) {
  const { id, status, expires_at: expires, last_used_at: usedAt, replaced_by: successor, leaked_at: leaked } = apiKey;
  const isEnding = status === "active" && expires !== null;
  const isNear = isEnding && Date.parse(expires) - Date.now() < WARNING_MILLISECONDS;
  return (
    <div className="mb-6 space-y-3 empty:hidden">
      {leaked && (
        <Notice look="bad">
          <span className="mr-1">{page.leaked}</span>
          <a href={`/settings/keys/${id}/leak`} className="font-medium underline underline-offset-2">
            {page.toLeak}
          </a>
        </Notice>
      )}
      {successor && (
        <Notice look="warn">
          <p>
            <span className="mr-1">
              {isEnding ? fill(page.replaced, { moment: toTimeAgo(expires, locale) }) : page.replacedAndOver}
            </span>
            {isEnding && (
              <span className="mr-1">
                {usedAt ? fill(page.stillUsed, { moment: toTimeAgo(usedAt, locale) }) : page.notUsed}
              </span>
            )}
            <a href={`/settings/keys/${successor}`} className="font-medium underline underline-offset-2">
              {page.successor}
            </a>
          </p>
          {isEnding && mayChange && <EndKeyButton keyId={id} text={text} />}
        </Notice>
      )}
      {apiKey.known_to_former_member && !leaked && (
        <Notice look="warn">
          <span className="mr-1 font-medium">{text.keys.knownToFormerMember}</span>
          <span>{page.formerMember}</span>
        </Notice>
      )}
      {isNear && !successor && (
        <Notice look="warn">{fill(page.endsSoon, { moment: toTimeAgo(expires, locale) })}</Notice>
      )}
      {isLastAddressExcluded && (
        <Notice look="warn">{fill(page.addressExcluded, { address: apiKey.last_used_address ?? "" })}</Notice>
      )}
    </div>
  );
}
