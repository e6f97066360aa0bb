const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** The text of an HTML fragment, a new line for every block and break. */
export const toPlainText = (html: string): string =>
  html
    .replace(/<\/?(?:p|br|div|li|h\d|blockquote)\b[^<>]*>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/gi, (entity, name: string) => decode(name.toLowerCase()) ?? entity);

function decode(name: string): string | undefined {
  if (!name.startsWith("#")) return ENTITIES[name];
  const codePoint = Number(name.startsWith("#x") ? `0${name.slice(1)}` : name.slice(1));
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined;
}
