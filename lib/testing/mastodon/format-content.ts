const LINK = /https?:\/\/[^\s<>()]*[^\s<>().,;:!?'"]/;
const MENTION = /(?<![\w/])@(\w+)(?:@([\w.-]*\w))?/;
const HASHTAG = /(?<![\w/&])#(\w+)/;
const ENTITY = new RegExp(`${LINK.source}|${MENTION.source}|${HASHTAG.source}`, "g");

/** A text as the HTML in which it is shown: links shortened in three pieces, mentions without their servers. */
export const formatContent = (text: string, url: string): string => {
  let [html, end] = ["", 0];
  for (const match of text.matchAll(ENTITY)) {
    html += escapeHtml(text.slice(end, match.index)) + formatEntity(match, url);
    end = match.index + match[0].length;
  }
  html += escapeHtml(text.slice(end));
  return html
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll("\n", "<br />")}</p>`)
    .join("");
};

/** How long a text is by the server's own count. */
export const countCharacters = (text: string, linkCharacters: number): number => {
  const counted = text
    .replace(new RegExp(LINK, "g"), "x".repeat(linkCharacters))
    .replace(new RegExp(MENTION, "g"), "@$1");
  return [...new Intl.Segmenter("en").segment(counted)].length;
};

function formatEntity([all, user, domain, tag]: RegExpMatchArray, url: string): string {
  if (tag) return `<a href="${url}/tags/${tag}" class="mention hashtag" rel="tag">#<span>${tag}</span></a>`;
  if (user) {
    const address = domain ? `https://${domain}/@${user}` : `${url}/@${user}`;
    return `<span class="h-card" translate="no"><a href="${address}" class="u-url mention">@<span>${user}</span></a></span>`;
  }
  const prefix = all.match(/^https?:\/\/(www\.)?/)?.[0] ?? "";
  const [shown, hidden] = [all.slice(prefix.length, prefix.length + 30), all.slice(prefix.length + 30)];
  const [a, b, c] = [prefix, shown, hidden].map(escapeHtml);
  return `<a href="${escapeHtml(all)}" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">${a}</span><span class="${hidden ? "ellipsis" : ""}">${b}</span><span class="invisible">${c}</span></a>`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
