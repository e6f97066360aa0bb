import { type KeyActions, KeyRow } from "#components/keys/key-row";
import type { Messages } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

type KeysTableProps = { keys: ApiKey[]; text: Messages["keys"]; actions: KeyActions };

/** The keys, newest first: a table, whose rows are cards on phones. */
export function KeysTable({ keys, text, actions }: KeysTableProps) {
  if (keys.length === 0) {
    return (
      <div className="border-t border-line px-6 py-12 text-center">
        <p className="font-medium">{text.emptyTitle}</p>
        <p className="mx-auto mt-1 max-w-sm text-muted">{text.emptyLead}</p>
      </div>
    );
  }
  const { name, key, created, lastUsed, actions: actionsName } = text.columns;
  return (
    <table className="w-full text-left max-lg:block">
      <thead className="text-small text-muted max-lg:sr-only">
        <tr className="border-t border-line">
          {[name, key, created, lastUsed].map((column) => (
            <th key={column} scope="col" className="py-2.5 pr-4 font-normal whitespace-nowrap first:pl-6">
              {column}
            </th>
          ))}
          <th scope="col" className="py-2.5 pr-6 text-right font-normal">
            {actionsName}
          </th>
        </tr>
      </thead>
      <tbody className="max-lg:block">
        {keys.map((apiKey) => (
          <KeyRow key={apiKey.id} apiKey={apiKey} text={text} actions={actions} />
        ))}
      </tbody>
    </table>
  );
}
