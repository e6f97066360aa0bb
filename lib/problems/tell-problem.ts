import { fill, type Locale } from "#lib/i18n/schema";
import { CATALOGUE } from "#lib/problems/catalogue";
import type { Problem, ProblemParams } from "#lib/problems/problem";
import type { Sentences } from "#lib/problems/sentences";

/** The API's sentence for a problem. */
export const toEnglish = ({ code, params }: Problem): string =>
  CATALOGUE[code].api.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));

/** The console's sentence for a problem, in its reader's language. */
export const tellProblem = ({ code, params }: Problem, locale: Locale): string => {
  const sentences: Sentences = CATALOGUE[code];
  if (locale === "en") return fill(sentences.en ?? sentences.api, params);
  const own = Object.entries(params).map(([name, value]) => [name, toOwnWord(name, value)] as const);
  return fill(sentences["zh-TW"], Object.fromEntries(own));
};

/** What is kept of a problem: the API's sentence, and for every other language the code and its values as JSON. */
type StoredProblem = { sentence: string; json: string };

/** A problem as a row keeps it. Values may be quoted from anywhere, and PostgreSQL stores neither NUL nor half a character. */
export const storeProblem = (problem: Problem): StoredProblem => ({
  sentence: clean(toEnglish(problem)),
  json: JSON.stringify(problem, (_, value) => (typeof value === "string" ? clean(value) : value)),
});

/** The stored problem in the reader's language, and in the API's words for everybody else and where no code was kept. */
export const tellStored = (stored: unknown, sentence: string, locale: Locale | undefined): string =>
  locale && isProblem(stored) ? tellProblem(stored, locale) : sentence;

function clean(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

// A later version may have kept what this one does not know yet.
function isProblem(stored: unknown): stored is Problem {
  const { code = "", params }: { code?: string; params?: ProblemParams } = Object(stored);
  return Object.hasOwn(CATALOGUE, code) && typeof params === "object";
}

// Values out of a list, which name the same thing in every language.
const WORDS: Record<string, Record<string, string>> = {
  unit: { characters: "個字元", graphemes: "個字", bytes: "位元組" },
  status: {
    scheduled: "已排程",
    queued: "等待發布",
    publishing: "發布中",
    published: "已發布",
    failed: "失敗",
    unknown: "不明",
    cancelled: "已取消",
  },
};

/** A value of a problem in Traditional Chinese where it is a word out of a list, and as it is otherwise. */
const toOwnWord = (name: string, value: string | number): string | number => WORDS[name]?.[value] ?? value;
