import type { KeysText } from "#components/keys/keys-text";
import { Dialog } from "#components/ui/dialog";

/** The keyboard shortcuts of this page. */
export function ShortcutsDialog({ text, onClose }: { text: KeysText; onClose: () => void }) {
  const { shortcuts } = text;
  const rows = [
    ["c", shortcuts.generate],
    ["/", shortcuts.search],
    ["↑ ↓", shortcuts.walk],
    ["?", shortcuts.help],
  ];
  return (
    <Dialog title={shortcuts.title} closeLabel={text.dialog.close} onDismiss={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-3">
        {rows.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <kbd
                translate="no"
                className="rounded-control border border-line bg-sunken px-2.5 py-1 font-mono text-small"
              >
                {key}
              </kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
