import { Button } from "#components/ui/button";
import { ExactTime } from "#components/ui/exact-time";
import type { Messages } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

export type KeyActions = {
  onRename: (key: ApiKey) => void;
  onToggle: (key: ApiKey) => Promise<void>;
  onDelete: (key: ApiKey) => void;
  /** The reader is about to act. */
  onPrepare: () => void;
};

type KeyRowProps = { apiKey: ApiKey; text: Messages["keys"]; actions: KeyActions };

const CELL = "max-lg:py-1 lg:py-3 lg:pr-4";

/** One key and what can be done with it. Each button is named with the key. */
export function KeyRow({ apiKey, text, actions }: KeyRowProps) {
  const { name, key_preview, created_at, last_used_at, is_active } = apiKey;
  const toggle = is_active ? text.disable : text.enable;
  const { columns } = text;
  return (
    <tr
      onPointerEnter={actions.onPrepare}
      onFocus={actions.onPrepare}
      className="border-t border-line max-lg:block max-lg:p-4 sm:max-lg:px-6"
    >
      <td className="max-lg:block max-lg:pb-2 lg:py-3 lg:pr-4 lg:pl-6">
        <span className="block font-medium wrap-anywhere">{name}</span>
        <Status isActive={is_active} text={text} />
      </td>
      <td data-label={columns.key} className={CELL}>
        <code className="font-mono text-small whitespace-nowrap">{key_preview}</code>
      </td>
      <td data-label={columns.created} className={CELL}>
        <ExactTime at={created_at} />
      </td>
      <td data-label={columns.lastUsed} className={CELL}>
        {last_used_at ? <ExactTime at={last_used_at} /> : <span className="text-muted">{text.never}</span>}
      </td>
      <td className="max-lg:block max-lg:pt-2 lg:py-2 lg:pr-3">
        <div className="flex whitespace-nowrap max-lg:flex-wrap max-lg:-mx-3.5 lg:justify-end">
          <Button look="quiet" aria-label={`${text.rename} ${name}`} onClick={() => actions.onRename(apiKey)}>
            {text.rename}
          </Button>
          <Button look="quiet" aria-label={`${toggle} ${name}`} onClick={() => void actions.onToggle(apiKey)}>
            {toggle}
          </Button>
          <Button look="quietDanger" aria-label={`${text.delete} ${name}`} onClick={() => actions.onDelete(apiKey)}>
            {text.delete}
          </Button>
        </div>
      </td>
    </tr>
  );
}

// A full and an empty ring beside the word: the colour says nothing that the shape does not.
function Status({ isActive, text }: { isActive: boolean; text: Messages["keys"] }) {
  return (
    <span className={`mt-0.5 flex items-center gap-1.5 text-small ${isActive ? "text-good" : "text-muted"}`}>
      <span
        aria-hidden="true"
        className={`size-2 rounded-full border-[1.5px] border-current ${isActive ? "bg-current" : ""}`}
      />
      {isActive ? text.active : text.disabled}
    </span>
  );
}
