const ROW = "tr, li";
let release = () => {};

/**
 * Remembers where the focus is, and hands back what returns it there. What has left the page by then, or leaves it when
 * the page is next rendered, is stood in for by the nearest that stayed: its row, the row beside it, the heading of its
 * section, the page's title. Whoever moves on by themselves is left alone.
 */
export const holdFocus = (): (() => void) => {
  const places = findPlaces(document.activeElement);
  return () => {
    release();
    if (isLost()) focusFirst(places);
    if (places.length > 0) release = watch(places);
  };
};

function findPlaces(held: Element | null): HTMLElement[] {
  if (!(held instanceof HTMLElement) || held === document.body) return [];
  const dialog = held.closest("dialog");
  const row = held.closest(ROW);
  const section = held.closest("section");
  // What is held inside a dialog goes with it, and the dialog knows better where the focus came from.
  const headings = dialog
    ? [dialog.querySelector("h2")]
    : [section?.querySelector("h1, h2, h3"), document.querySelector("h1")];
  const places = [held, row, row?.nextElementSibling, row?.previousElementSibling, ...headings];
  return places.filter((place) => place instanceof HTMLElement);
}

function isLost(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body;
}

function focusFirst(places: HTMLElement[]): void {
  for (const place of places) {
    if (!place.isConnected) continue;
    place.focus();
    if (isLost()) {
      place.tabIndex = -1;
      place.focus();
    }
    if (!isLost()) return;
  }
}

function watch(places: HTMLElement[]): () => void {
  const over = new AbortController();
  const observer = new MutationObserver(() => {
    if (isLost()) focusFirst(places);
  });
  const stop = () => {
    over.abort();
    observer.disconnect();
  };
  const moved = ({ target }: Event) => !places.some((place) => place === target) && stop();
  document.addEventListener("focusin", moved, { signal: over.signal });
  document.addEventListener("pointerdown", stop, { signal: over.signal });
  observer.observe(document.body, { childList: true, subtree: true });
  return stop;
}
