import type { Sentences } from "#lib/problems/sentences";

/** Problems of API keys. */
export const KEY_PROBLEMS = {
  key_name_missing: { api: "Give the key a name.", "zh-TW": "請為金鑰取個名稱。" },
  key_not_found: {
    api: "API key not found",
    en: "This key no longer exists. Reload the page to see the current list.",
    "zh-TW": "這把金鑰已不存在，請重新載入頁面以查看目前的清單。",
  },
  key_limit: {
    api: "You have {most} API keys, which is the limit. Delete one that is no longer used.",
    "zh-TW": "您已有 {most} 把 API 金鑰，達到上限。請先刪除不再使用的金鑰。",
  },
  key_scopes_none: {
    api: 'Give at least one scope, or "*" for all scopes.',
    en: "Tick at least one scope.",
    "zh-TW": "請至少勾選一個權限範圍。",
  },
  key_scopes_twice: { api: "Give each scope once.", "zh-TW": "每個權限範圍只能列出一次。" },
  key_scopes_all: {
    api: '"*" stands for all scopes. Do not combine it with others.',
    "zh-TW": "「*」代表所有權限範圍，請勿與其他範圍並用。",
  },
  key_address_form: {
    api: "Expected an IPv4 or IPv6 address or a CIDR block, for example 203.0.113.7 or 2001:db8::/32.",
    en: "This is not an IPv4 or IPv6 address or CIDR block. One looks like 203.0.113.7 or 2001:db8::/32.",
    "zh-TW": "這不是 IPv4、IPv6 位址或 CIDR 區段。格式例如 203.0.113.7 或 2001:db8::/32。",
  },
  key_address_single: { api: "Expected one IPv4 or IPv6 address.", "zh-TW": "必須是一個 IPv4 或 IPv6 位址。" },
  key_address_excluded: {
    api: "The allowed addresses do not include this address.",
    "zh-TW": "允許的位址不包含這個位址。",
  },
  key_addresses_many: { api: "Use at most {most} addresses.", "zh-TW": "最多 {most} 個位址。" },
  key_expiry_past: {
    api: "Choose a time in the future.",
    en: "Choose a day in the future.",
    "zh-TW": "請選擇未來的日期。",
  },
  key_expiry_far: {
    api: "Choose a time within ten years, or null for never.",
    en: "Choose a day within ten years, or “Never”.",
    "zh-TW": "請選擇十年內的日期，或選「永不到期」。",
  },
  key_rate_low: {
    api: "Expected 1 or more requests a minute.",
    en: "Use a whole number from 1.",
    "zh-TW": "請填 1 以上的整數。",
  },
  key_rate_high: { api: "Expected at most {most} requests a minute.", "zh-TW": "每分鐘最多 {most} 個請求。" },
  key_rate_over_own: { api: "This is more than this server allows.", "zh-TW": "超過本系統允許的上限。" },
  key_leaked: {
    api: "This key has leaked and cannot be enabled again. Rotate it.",
    en: "This key has leaked and cannot be enabled again. Replace it.",
    "zh-TW": "這把金鑰已外洩，無法再次啟用。請換一把。",
  },
  key_expired: {
    api: "This key has expired. Set expires_at to a later time, or to null for never.",
    en: "This key has expired. Choose a later expiry first.",
    "zh-TW": "這把金鑰已到期，請先延後到期時間。",
  },
  key_expired_for_good: {
    api: "This key has expired. Generate a new one.",
    "zh-TW": "這把金鑰已到期，請產生新的金鑰。",
  },
  key_ends_only_earlier: {
    api: "This key has been replaced. Its end can only be moved to an earlier time.",
    "zh-TW": "這把金鑰已被取代，只能提早結束，不能延後。",
  },
  key_replaced: { api: "This key has already been replaced.", "zh-TW": "這把金鑰已經被取代了。" },
  key_not_replaced: {
    api: "This key has not been replaced. Rotate it first, or disable or delete it.",
    "zh-TW": "這把金鑰尚未被取代。請先輪替，或者停用、刪除它。",
  },
  key_disabled: {
    api: "This key is disabled. Enable it first, or generate a new one.",
    "zh-TW": "這把金鑰已停用。請先啟用，或產生新的金鑰。",
  },
  key_request_deleted: {
    api: "The key that was generated with this Idempotency-Key has been deleted. Use a new Idempotency-Key.",
    "zh-TW": "這個 Idempotency-Key 產生的金鑰已被刪除，請換一個。",
  },
  key_address_refused: {
    api: "This API key may not be used from the address {address}.",
    "zh-TW": "這把 API 金鑰不能從位址 {address} 使用。",
  },
  key_scope_missing: { api: "This API key lacks the scope {scope}.", "zh-TW": "這把 API 金鑰沒有權限範圍 {scope}。" },
  key_requests_limit: {
    api: "This API key may make {limit} requests a minute. Try again later.",
    "zh-TW": "這把 API 金鑰每分鐘最多 {limit} 個請求，請稍後再試。",
  },
  key_leaked_overlap: {
    api: "This key has leaked. Replace it with an overlap of 0 seconds.",
    "zh-TW": "這把金鑰已外洩，只能立即取代，不能有重疊期間。",
  },
} as const satisfies Record<string, Sentences>;

/** Problems of reports about leaked keys. */
export const LEAK_PROBLEMS = {
  leak_not_reported: { api: "This key was not reported as leaked", "zh-TW": "沒有人通報這把金鑰外洩。" },
  leak_report_size: { api: "Send 1 to 1000 keys.", "zh-TW": "請傳送 1 到 1000 把金鑰。" },
  github_keys_away: {
    api: "GitHub's public keys cannot be read right now, so the signature was not checked. Try again later.",
    "zh-TW": "目前無法讀取 GitHub 的公開金鑰，因此未驗證簽章。請稍後再試。",
  },
  github_keys_many: {
    api: "This address named too many unknown keys. Try again later.",
    "zh-TW": "這個位址提供了過多未知的金鑰，請稍後再試。",
  },
  github_unsigned: {
    api: "Sign the request. The headers Github-Public-Key-Identifier and Github-Public-Key-Signature are required.",
    "zh-TW": "請簽署請求。標頭 Github-Public-Key-Identifier 與 Github-Public-Key-Signature 為必要。",
  },
  github_key_unknown: {
    api: "Github-Public-Key-Identifier is not the id of a key that GitHub publishes.",
    "zh-TW": "Github-Public-Key-Identifier 的值不是 GitHub 公布的金鑰 ID。",
  },
  github_signature_wrong: {
    api: "Github-Public-Key-Signature does not match the body.",
    "zh-TW": "Github-Public-Key-Signature 與內容不符。",
  },
} as const satisfies Record<string, Sentences>;
