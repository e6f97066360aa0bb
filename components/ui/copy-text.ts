/** Whether the text was copied, or only selected for the reader to copy by hand. */
export type CopyResult = "copied" | "selected";

/**
 * Copies the text that `source` shows. Without access to the clipboard (plain http://), it selects the text and copies the
 * selection. If that also fails, the text stays selected.
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
