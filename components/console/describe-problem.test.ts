import { expect, test } from "vitest";
import { toOwnWords } from "#components/console/describe-problem";
import { nameSchema } from "#lib/keys/schema";
import en from "../../lib/i18n/en.json" with { type: "json" };
import zhTw from "../../lib/i18n/zh-TW.json" with { type: "json" };

const UNCERTAIN = "The database did not answer, and it is not known whether this was saved.";

test("who would be sent to an address as a program is sent to the page in front of them", () => {
  const message = `${UNCERTAIN} Look at GET /api/webhooks/{webhookId}/deliveries before you repeat it.`;
  expect(toOwnWords(message, zhTw)).toContain("重新載入頁面");
  expect(toOwnWords(message, en)).toBe(`${UNCERTAIN} Reload the page and look before you repeat it.`);
});

test("a sentence that names a character is told in the reader's language, with the character", () => {
  const [issue] = nameSchema.safeParse("a\u200bb").error?.issues ?? [];
  expect(issue?.message).toBe("Remove the character U+200B, which cannot be seen.");
  expect(toOwnWords(issue?.message ?? "", zhTw)).toBe("請移除看不見的字元 U+200B。");
  expect(toOwnWords("Something else about U+200B", zhTw)).toBe("Something else about U+200B");
});
