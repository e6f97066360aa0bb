import tlds from "tlds" with { type: "json" };

const TOP_LEVEL = new Set<string>(tlds);
// Countries and sellers have these, and so have files.
const FILE_ENDINGS = new Set(["cc", "md", "mk", "ml", "mm", "mov", "pm", "ps", "py", "rs", "sh", "so", "tf", "zip"]);
const SECOND_LEVEL = new Set(["ac", "co", "com", "edu", "gov", "net", "org"]);

/** Whether there is such a top-level domain; its name as people write it. */
export const isTopLevel = (label: string): boolean => TOP_LEVEL.has(label.toLowerCase());

/**
 * Whether words with dots between them are a domain that somebody means, rather than a file, a version or the end of a
 * sentence. `hasPath`: whether a path follows.
 */
export const isDomain = (domain: string, hasPath: boolean): boolean => {
  const labels = domain.split(".");
  const last = labels.at(-1) ?? "";
  if (!isTopLevel(last) || (last !== last.toLowerCase() && domain !== domain.toUpperCase())) return false;
  const name = labels.slice(0, -1).join(".");
  if (!/\p{L}|\d{3}/u.test(name)) return false;
  const isSure = hasPath || /^www\./i.test(domain) || SECOND_LEVEL.has(labels.at(-2) ?? "");
  return isSure || !FILE_ENDINGS.has(last.toLowerCase());
};
