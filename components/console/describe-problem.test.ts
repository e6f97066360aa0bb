import { expect, test } from "vitest";
import { toOwnWords } from "#components/console/describe-problem";
import { nameSchema } from "#lib/keys/schema";
import zhTw from "../../lib/i18n/zh-TW.json" with { type: "json" };

test("a sentence that names a character is told in the reader's language, with the character", () => {
  const [issue] = nameSchema.safeParse("a\u200bb").error?.issues ?? [];
  expect(issue?.message).toBe("Remove the character U+200B, which cannot be seen.");
  expect(toOwnWords(issue?.message ?? "", zhTw)).toBe("請移除看不見的字元 U+200B。");
  expect(toOwnWords("Something else about U+200B", zhTw)).toBe("Something else about U+200B");
});
