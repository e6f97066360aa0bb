import type { Sentences } from "#lib/problems/sentences";

/** What can be wrong with reports of leaked keys. */
export const LEAK_PROBLEMS = {
  leak_not_reported: { api: "This key was not reported as leaked", "zh-TW": "沒有人通報這把金鑰外洩。" },
  leak_report_size: { api: "Send 1 to 1000 keys.", "zh-TW": "請傳送 1 到 1000 把金鑰。" },
  github_keys_away: {
    api: "GitHub's public keys cannot be read right now, so the signature was not checked. Try again later.",
    "zh-TW": "目前無法讀取 GitHub 的公開金鑰，因此未驗證簽章。請稍後再試。",
  },
  github_keys_many: {
    api: "Too many unknown keys were named from this address. Try again later.",
    "zh-TW": "這個位址提供了過多未知的金鑰，請稍後再試。",
  },
  github_unsigned: {
    api: "Sign the request: Github-Public-Key-Identifier and Github-Public-Key-Signature are needed.",
    "zh-TW": "請簽署請求：需要 Github-Public-Key-Identifier 與 Github-Public-Key-Signature。",
  },
  github_key_unknown: {
    api: "Github-Public-Key-Identifier names no key that GitHub publishes.",
    "zh-TW": "Github-Public-Key-Identifier 不是 GitHub 公布的金鑰。",
  },
  github_signature_wrong: {
    api: "Github-Public-Key-Signature does not fit the body.",
    "zh-TW": "Github-Public-Key-Signature 與內容不符。",
  },
} as const satisfies Record<string, Sentences>;
