import { fill, type Locale } from "#lib/i18n/schema";
import { CATALOGUE } from "#lib/problems/catalogue";
import type { Problem, ProblemParams } from "#lib/problems/problem";
import type { Sentences } from "#lib/problems/sentences";

/** The API's sentence for a problem. */
export const toEnglish = ({ code, params }: Problem): string =>
  CATALOGUE[code].api.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));

/** The console's sentence for a problem, in the reader's language. */
export const tellProblem = ({ code, params }: Problem, locale: Locale): string => {
  const sentences: Sentences = CATALOGUE[code];
  if (locale === "en") return fill(sentences.en ?? sentences.api, params);
  const own = Object.entries(params).map(([name, value]) => [name, toOwnWord(name, value)] as const);
  return fill(sentences["zh-TW"], Object.fromEntries(own));
};

/** The stored form of a problem: the API's sentence, and as JSON the code and values for other languages. */
type StoredProblem = { sentence: string; json: string };

/**
 * Converts a problem to its stored form. Values may come from anywhere, and PostgreSQL stores no NUL and no lone surrogate.
 */
export const storeProblem = (problem: Problem): StoredProblem => ({
  sentence: clean(toEnglish(problem)),
  json: JSON.stringify(problem, (_, value) => (typeof value === "string" ? clean(value) : value)),
});

/** Returns a stored problem in the reader's language. Without a locale or a known code, returns the API's sentence. */
export const tellStored = (stored: unknown, sentence: string, locale: Locale | undefined): string =>
  locale && isProblem(stored) ? tellProblem(stored, locale) : sentence;

function clean(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

// A later version may have stored a code that this version does not know.
function isProblem(stored: unknown): stored is Problem {
  const { code = "", params }: { code?: string; params?: ProblemParams } = Object(stored);
  return Object.hasOwn(CATALOGUE, code) && typeof params === "object";
}

// Values that are English words, which have a fixed translation.
const WORDS: Record<string, Record<string, string>> = {
  unit: {
    characters: "個字元",
    graphemes: "個字",
    code_points: "個字元",
    utf16: "個 UTF-16 單位",
    utf16_escaped: "個單位（( )、_ 等符號算兩個）",
    bytes: "位元組",
    weighted: "個加權字元",
  },
  status: {
    scheduled: "已排程",
    queued: "等待發布",
    publishing: "發布中",
    published: "已發布",
    failed: "失敗",
    unknown: "不明",
    cancelled: "已取消",
  },
  type: {
    "an AVIF picture; save it as JPEG, PNG or WebP": "AVIF 圖片，請另存為 JPEG、PNG 或 WebP",
    "a HEIC picture; save it as JPEG": "HEIC 圖片，請另存為 JPEG",
    "a Matroska video; save it as MP4 or WebM": "Matroska 影片，請另存為 MP4 或 WebM",
    "an SVG drawing; save it as PNG": "SVG 圖形，請另存為 PNG",
  },
  types: {
    "a string": "文字（string）",
    "a number": "數字（number）",
    "an int": "整數（int）",
    "a boolean": "布林值（boolean）",
    "an array": "陣列（array）",
    "an object": "物件（object）",
    "a record": "物件（record）",
  },
};

/** The Traditional Chinese for a value that is English words. Any other value is returned unchanged. */
const toOwnWord = (name: string, value: string | number): string | number =>
  name === "types"
    ? String(value)
        .split(" or ")
        .map((type) => WORDS.types?.[type] ?? type)
        .join("或")
    : (WORDS[name]?.[value] ?? value);
