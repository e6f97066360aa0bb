import type { Account } from "#lib/accounts/schema";
import { fill, type Locale, type Messages } from "#lib/i18n/schema";

type AccountLimitsProps = { capabilities: Account["capabilities"]; locale: Locale; text: Messages["accounts"] };

/** The limits of an account. */
export function AccountLimits({ capabilities, locale, text: { limits } }: AccountLimitsProps) {
  const { text_limit, text_unit, images, video, thread_parts } = capabilities;
  const count = text_limit.toLocaleString(locale);
  const entries = [
    [limits.text, fill(limits[text_unit], { count })],
    [limits.images, images > 0 ? fill(limits.atMost, { count: images }) : limits.none],
    [limits.video, video ? limits.yes : limits.none],
    [limits.thread, thread_parts > 1 ? fill(limits.parts, { count: thread_parts }) : limits.none],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-small sm:grid-cols-4">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt className="text-muted">{name}</dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
