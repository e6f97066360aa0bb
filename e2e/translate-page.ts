import type { Page } from "@playwright/test";

/**
 * Does to the page what Chrome's translator does: every text is taken out, and elements of the translator's stand in its
 * place; and again whenever something changes. The words stay as they are, so that they are found.
 */
export const translatePage = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    const isLeftAlone = (node: Node) =>
      node.parentElement?.closest("[translate=no], .notranslate, script, style, textarea, noscript, font, head") !==
      null;
    const translate = () => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) if (!isLeftAlone(walker.currentNode)) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        const inner = document.createElement("font");
        inner.append(text.data);
        const outer = document.createElement("font");
        outer.append(inner);
        text.replaceWith(outer);
      }
    };
    translate();
    new MutationObserver(translate).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
};
