/** Lets the page change. Focus on what goes with it moves to the post that it belonged to, or else to the page's title. */
export const keepFocus = (update: () => void): void => {
  const { activeElement } = document;
  const row = activeElement?.closest<HTMLElement>("[data-post]");
  update();
  if (!row || activeElement?.isConnected) return;
  (row.isConnected ? row : document.querySelector<HTMLElement>("h1"))?.focus();
};
