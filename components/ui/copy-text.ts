/** Whether the text is on the clipboard, or only selected for the reader to copy by hand. */
export type CopyResult = "copied" | "selected";

/**
 * Copies the text that `source` shows. Where the clipboard is closed to pages (plain http://) it selects the text and
 * copies the selection; where that is refused too, the text stays selected.
 */
export const copyText = async (text: string, source: HTMLElement | null): Promise<CopyResult> => {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    select(source);
    return document.execCommand("copy") ? "copied" : "selected";
  }
};

function select(source: HTMLElement | null): void {
  if (source instanceof HTMLTextAreaElement) {
    source.focus();
    source.select();
  } else if (source) {
    getSelection()?.selectAllChildren(source);
  }
}
