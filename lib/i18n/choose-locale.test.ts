import { expect, test } from "vitest";
import { chooseLocale } from "#lib/i18n/choose-locale";

test("the switch overrides the browser", () => {
  expect(chooseLocale("zh-TW", "en-US,en;q=0.9")).toBe("zh-TW");
  expect(chooseLocale("en", "zh-TW")).toBe("en");
});

test("a cookie that names no language is ignored", () => {
  expect(chooseLocale("klingon", "zh-TW")).toBe("zh-TW");
  expect(chooseLocale("__proto__", null)).toBe("en");
});

test("the browser's most wanted known language decides", () => {
  expect(chooseLocale(undefined, "zh-TW,zh;q=0.9,en;q=0.8")).toBe("zh-TW");
  expect(chooseLocale(undefined, "en;q=0.5, zh-Hant-HK;q=0.7")).toBe("zh-TW");
  expect(chooseLocale(undefined, "fr-FR, de;q=0.9, en;q=0.1, zh;q=0.2")).toBe("zh-TW");
  expect(chooseLocale(undefined, "EN-gb, zh-TW;q=0.9")).toBe("en");
});

test("a language refused with q=0 is not spoken", () => {
  expect(chooseLocale(undefined, "zh-TW;q=0, fr")).toBe("en");
});

test("without a known wish it is English", () => {
  for (const header of [null, "", "fr", "*", ";;q=,,", "q=1;zh", "zh-TW;q=nonsense"]) {
    expect(chooseLocale(undefined, header)).toBe("en");
  }
});

test("the person's own choice overrides the browser, and the switch overrides it", () => {
  expect(chooseLocale(undefined, "en", "zh-TW")).toBe("zh-TW");
  expect(chooseLocale("en", "zh-TW", "zh-TW")).toBe("en");
  expect(chooseLocale(undefined, "zh-TW", null)).toBe("zh-TW");
  expect(chooseLocale(undefined, "zh-TW", "klingon")).toBe("zh-TW");
});
