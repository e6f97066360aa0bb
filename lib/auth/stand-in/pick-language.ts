import type { Language } from "#lib/auth/stand-in/messages";

/** The language that the console asked for (`ui_locales`), else the browser's favourite of the two, else English. */
export const pickLanguage = (uiLocales: string | undefined, acceptLanguage: string | undefined): Language =>
  firstKnown((uiLocales ?? "").split(" ")) ?? firstKnown(byPreference(acceptLanguage ?? "")) ?? "en";

function firstKnown(tags: string[]): Language | undefined {
  for (const tag of tags) {
    if (/^zh\b/i.test(tag)) return "zh-TW";
    if (/^en\b/i.test(tag)) return "en";
  }
  return undefined;
}

function byPreference(acceptLanguage: string): string[] {
  const entries = acceptLanguage.split(",").map((entry) => {
    const [tag = "", quality = ""] = entry.split(";");
    return { tag: tag.trim(), weight: Number(/q=([\d.]+)/.exec(quality)?.[1] ?? 1) };
  });
  return entries
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
