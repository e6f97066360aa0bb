import type { OpenDialog } from "#components/keys/key-dialogs";

/**
 * `c` generates, `/` searches, `?` shows the shortcuts, and the arrow keys move between rows. Does nothing while the user
 * types, while a dialog is open, or for a combination that belongs to the browser.
 */
export const runShortcut = (event: KeyboardEvent, section: HTMLElement, show: (dialog: OpenDialog) => void): void => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const { key, target } = event;
  if ((target as HTMLElement).matches("input, textarea, select")) return;
  const rows = [...section.querySelectorAll("tbody tr")];
  const at = rows.findIndex((row) => row.contains(target as Node));
  const focus = (element: HTMLElement | null | undefined) => () => element?.focus();
  const run = {
    c: () => show({ dialog: "generate" }),
    "?": () => show({ dialog: "shortcuts" }),
    "/": focus(section.querySelector<HTMLElement>("[type=search]")),
    ArrowDown: at >= 0 && focus(rows[at + 1]?.querySelector("a")),
    ArrowUp: at >= 0 && focus(rows[at - 1]?.querySelector("a")),
  }[key];
  if (!run) return;
  event.preventDefault();
  run();
};
