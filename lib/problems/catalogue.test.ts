import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { toInputError } from "#lib/http/error-response";
import { nameSchema } from "#lib/keys/schema";
import { describeForeignType } from "#lib/media/detect-media-type";
import { CATALOGUE } from "#lib/problems/catalogue";
import { readRule, rule, say } from "#lib/problems/problem";
import type { Sentences } from "#lib/problems/sentences";
import { storeProblem, tellProblem, tellStored, toEnglish } from "#lib/problems/tell-problem";

const entries: [code: string, sentences: Sentences][] = Object.entries(CATALOGUE);
const toPlaceholders = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g))].sort();

describe("the catalogue of problems", () => {
  test("every language fills in the same values", () => {
    for (const [code, { api, en = api, "zh-TW": zhTw }] of entries) {
      const expected = [code, toPlaceholders(api)];
      expect([code, toPlaceholders(en)]).toEqual(expected);
      expect([code, toPlaceholders(zhTw)]).toEqual(expected);
    }
  });

  test("no sentence is empty, and the Chinese ones are Chinese", () => {
    for (const [code, { api, en = api, "zh-TW": zhTw }] of entries) {
      expect([code, api.trim() !== "" && en.trim() !== ""]).toEqual([code, true]);
      expect([code, /\p{Script=Han}/u.test(zhTw) || /^\{\w+\}$/.test(zhTw)]).toEqual([code, true]);
    }
  });

  test("no problem is left over: the product says each of them", () => {
    const files = globSync("{app,lib}/**/*.{ts,tsx}", {
      exclude: ["**/*.test.ts", "**/testing/**", "lib/problems/**", "lib/db/generated/**"],
    });
    const sources = files.map((file) => readFileSync(file, "utf8")).join("\n");
    expect(entries.map(([code]) => code).filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
  });

  test("the rules of schemas have a code, because their messages may be any text", () => {
    const files = globSync("lib/**/*.ts", {
      exclude: [
        "**/*.test.ts",
        "**/testing/**",
        "lib/environment-schema.ts",
        "lib/network-settings.ts",
        "lib/db/generated/**",
      ],
    });
    const worded = files.filter((file) => /\berror: (?:\(.*?\) => )?["'`][^"'`]* /.test(readFileSync(file, "utf8")));
    expect(worded).toEqual([]);
  });

  test("no two parts of the catalogue have a code of one name", () => {
    const parts = globSync("lib/problems/*-problems.ts").map((file) => readFileSync(file, "utf8"));
    const codes = parts.flatMap((part) => [...part.matchAll(/^ {2}(\w+): \{/gm)].map(([, code]) => code));
    expect(codes.toSorted()).toEqual(entries.map(([code]) => code).toSorted());
  });
});

describe("a problem", () => {
  const problem = say("receiver_refused", { status: 422 });

  test("has its values in every language", () => {
    expect(toEnglish(problem)).toBe("The receiver answered 422: it did not accept the message.");
    expect(tellProblem(problem, "zh-TW")).toBe("接收端回覆 422：沒有收下訊息。");
  });

  test("takes values as text, whatever they contain", () => {
    expect(toEnglish(say("bluesky_refused", { said: "$& {said}" }))).toBe("Bluesky refused this: $& {said}");
    expect(
      tellProblem(say("text_long", { length: 301, unit: "graphemes", network: "bluesky", limit: 300 }), "zh-TW"),
    ).toBe("文字太長：共 301 個字，bluesky 的上限為 300。");
  });

  test.each([
    ["\0\0\0\x18ftypavif\0\0\0\0avifmif1", "它是 AVIF 圖片，請另存為 JPEG、PNG 或 WebP。"],
    ["\0\0\0\x18ftypheic\0\0\0\0heicmif1", "它是 HEIC 圖片，請另存為 JPEG。"],
    ["\x1aE\xdf\xa3", "它是 Matroska 影片，請另存為 MP4 或 WebM。"],
    ["<svg>", "它是 SVG 圖形，請另存為 PNG。"],
  ])("names the foreign type of a medium in the reader's language (%j)", (bytes, sentence) => {
    const type = describeForeignType(Buffer.from(bytes, "latin1")) ?? "unknown";
    expect(tellProblem(say("medium_foreign", { url: "https://a.example/b", type }), "zh-TW")).toBe(
      `https://a.example/b 無法發布：${sentence}`,
    );
  });

  test.each([
    [z.string(), 1, "型別必須是文字（string）。"],
    [z.union([z.string(), z.array(z.string())]), 1, "型別必須是文字（string）或陣列（array）。"],
    [z.record(z.string(), z.string()), 1, "型別必須是物件（record）。"],
    [z.int(), "1", "型別必須是數字（number）。"],
    [z.boolean(), 1, "型別必須是布林值（boolean）。"],
    [z.strictObject({}), 1, "型別必須是物件（object）。"],
  ])("names the expected type in the reader's language (%#)", (schema, value, sentence) => {
    const problems = Object.values(
      toInputError(schema.safeParse(value, { reportInput: true }).error?.issues ?? []).fields ?? {},
    ).flat();
    expect(problems.map((problem) => tellProblem(problem, "zh-TW"))).toEqual([sentence]);
  });

  test("passes through the message of a schema's rule, and other messages stay what they are", () => {
    expect(readRule(rule("text_too_long", { most: 64 }))).toEqual(say("text_too_long", { most: 64 }));
    expect(readRule("Invalid input")).toBeUndefined();
  });

  test.each([
    ["", "請為金鑰取個名稱。"],
    ["x".repeat(65), "最多 64 個字元。"],
    ["a\u200bb", "請移除看不見的字元 U+200B。"],
  ])("with a key's name %j is told in the reader's language", (name, sentence) => {
    const problems = nameSchema.safeParse(name).error?.issues.map(({ message }) => readRule(message)) ?? [];
    expect(problems.map((one) => one && tellProblem(one, "zh-TW"))).toEqual([sentence]);
  });
});

describe("a stored problem", () => {
  test("is told in the reader's language, and in the API's words to everybody else", () => {
    const { sentence, json } = storeProblem(say("receiver_failed", { status: 500 }));
    expect(tellStored(JSON.parse(json), sentence, "zh-TW")).toBe("接收端回覆 500。");
    expect(tellStored(JSON.parse(json), sentence, undefined)).toBe("The receiver answered 500.");
  });

  test("keeps its sentence when it has no code, or one that is not known here", () => {
    for (const stored of [
      null,
      undefined,
      "x",
      [],
      { code: "of_tomorrow", params: {} },
      { code: "toString", params: {} },
    ]) {
      expect(tellStored(stored, "It was so.", "zh-TW")).toBe("It was so.");
    }
  });

  test("holds nothing that PostgreSQL would refuse", () => {
    const { sentence, json } = storeProblem(say("bluesky_refused", { said: "a\0b\ud83d" }));
    expect(sentence).toBe("Bluesky refused this: ab\ufffd");
    expect(JSON.parse(json).params.said).toBe("ab\ufffd");
    expect(json).not.toMatch(/\\u0000|\\ud83d/);
  });
});
