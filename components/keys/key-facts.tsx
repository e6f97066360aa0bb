import { ExactTime } from "#components/ui/exact-time";
import type { Messages } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

type KeyFactsProps = {
  apiKey: ApiKey;
  /** Whether its organization has several members. */
  isShared: boolean;
  text: Messages;
};

/** The unchangeable properties of a key. */
export function KeyFacts({ apiKey, isShared, text }: KeyFactsProps) {
  const { keys, keyPage, generateKey } = text;
  const {
    created_at,
    last_used_at,
    last_used_address,
    environment,
    expires_at,
    replaces,
    id,
    generated_by: maker,
  } = apiKey;
  const facts = [
    { label: keys.columns.created, value: <ExactTime at={created_at} hasTime /> },
    {
      label: keys.columns.lastUsed,
      value: last_used_at ? (
        <>
          <ExactTime at={last_used_at} hasTime />
          <span translate="no" className="ml-1 text-muted">
            {last_used_address}
          </span>
        </>
      ) : (
        keys.never
      ),
    },
    isShared && {
      label: keys.columns.generatedBy,
      value: maker ? <bdi translate="no">{maker.name ?? maker.email}</bdi> : keys.nobody,
    },
    expires_at && { label: keyPage.expires, value: <ExactTime at={expires_at} hasTime /> },
    environment && { label: generateKey.environment, value: generateKey[environment] },
    replaces && {
      label: keyPage.replaces,
      value: (
        <a href={`/settings/keys/${replaces}`} className="underline underline-offset-2">
          {keyPage.predecessor}
        </a>
      ),
    },
    {
      label: keyPage.id,
      value: (
        <code translate="no" className="font-mono text-small wrap-anywhere">
          {id}
        </code>
      ),
    },
  ];
  return (
    <dl className="mb-6 grid gap-x-8 gap-y-4 rounded-card border border-line bg-surface p-4 sm:grid-cols-2 sm:p-6 lg:grid-cols-3">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.label} className="min-w-0">
              <dt className="text-small text-muted">{fact.label}</dt>
              <dd>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
