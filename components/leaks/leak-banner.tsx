import { FoundUrl } from "#components/leaks/found-url";
import { Notice } from "#components/ui/notice";
import { fill, type Messages } from "#lib/i18n/schema";
import type { OpenLeak } from "#lib/leaks/schema";

const MAX_SHOWN = 3;

type LeakBannerProps = { leaks: OpenLeak[]; text: Messages["leak"] };

/** Warns of every leaked key that its owner has not acknowledged yet, newest first. Empty when there is none. */
export function LeakBanner({ leaks, text }: LeakBannerProps) {
  if (leaks.length === 0) return null;
  return (
    <section aria-label={text.banner} className="mb-8 space-y-2">
      {leaks.slice(0, MAX_SHOWN).map((leak) => (
        <Notice key={leak.key_id} look="bad">
          <p>
            <Sentence leak={leak} text={text} />
          </p>
          <a
            href={`/settings/keys/${leak.key_id}/leak`}
            aria-label={fill(text.nextFor, { name: leak.key_name })}
            className="inline-flex min-h-11 items-center font-medium underline underline-offset-2 mouse:min-h-8"
          >
            {text.next}
          </a>
        </Notice>
      ))}
      {leaks.length > MAX_SHOWN && (
        <p className="px-3.5 text-small text-bad">{fill(text.more, { count: leaks.length - MAX_SHOWN })}</p>
      )}
    </section>
  );
}

function Sentence({ leak: { source, url, key_name: name }, text }: { leak: OpenLeak; text: Messages["leak"] }) {
  if (source === "owner" || !url) return <span>{fill(source === "owner" ? text.owned : text.found, { name })}</span>;
  const [before = "", after = ""] = text.foundAt.split("{url}");
  return (
    <>
      <span>{fill(before, { name })}</span>
      <FoundUrl url={url} />
      <span>{fill(after, { name })}</span>
    </>
  );
}
