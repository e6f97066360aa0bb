import type { ApiKey } from "#lib/keys/schema";

/** The names and first characters of keys. */
export function KnownKeys({ keys }: { keys: ApiKey[] }) {
  return (
    <ul className="mt-2 max-h-48 divide-y divide-line overflow-y-auto rounded-control border border-line px-3">
      {keys.map(({ id, name, key_preview: preview }) => (
        <li key={id} className="flex flex-wrap justify-between gap-x-4 py-1.5">
          <bdi translate="no" className="min-w-0 wrap-anywhere">
            {name}
          </bdi>
          <code translate="no" className="font-mono text-small text-muted">
            {preview}
          </code>
        </li>
      ))}
    </ul>
  );
}
