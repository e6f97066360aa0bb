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
export const toOwnWord = (name: string, value: string | number): string | number => WORDS[name]?.[value] ?? value;
