const ROW = "tr, li";
let release = () => {};

/**
 * Remembers the focused element and returns a function that focuses it again. If the element is gone, or the next render
 * removes it, the nearest remaining one gets the focus: its row, a neighbouring row, the section's heading, or the page's
 * title. It stops when the user moves the focus.
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
  // Elements inside a dialog disappear with it, and the dialog itself knows where the focus came from.
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
