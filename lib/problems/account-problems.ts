import type { Sentences } from "#lib/problems/sentences";

/** Problems of social accounts and their connections. */
export const ACCOUNT_PROBLEMS = {
  account_not_found: {
    api: "Account not found",
    en: "This account is no longer connected. Reload the page to see the current list.",
    "zh-TW": "這個帳號已不再連結，請重新載入頁面以查看目前的清單。",
  },
  account_not_yours: {
    api: "Account not found or does not belong to this user",
    en: "This account is no longer connected.",
    "zh-TW": "這個帳號已不再連結。",
  },
  account_limit: {
    api: "You have {most} social accounts, which is the limit. Disconnect one that is no longer used.",
    "zh-TW": "您已有 {most} 個社群帳號，達到上限。請先中斷不再使用的帳號。",
  },
  account_sandbox_fixed: {
    api: "The sandbox is built in and cannot be disconnected.",
    "zh-TW": "沙盒是內建的，無法中斷連結。",
  },
  account_disconnected: { api: "This account is disconnected.", "zh-TW": "這個帳號已中斷連結。" },
  account_revoked: {
    api: "The network no longer accepts this account's credential. Connect the account again.",
    "zh-TW": "社群網路不再接受這個帳號的憑證，請重新連結帳號。",
  },
  connection_refused: {
    api: "The network no longer accepts this connection. Connect the account again.",
    "zh-TW": "社群網路不再接受這個連結，請重新連結帳號。",
  },
  network_slow: { api: "The network took too long to answer.", "zh-TW": "社群網路太久沒有回應。" },
  network_renewed_nothing: {
    api: "The network renewed the connection but returned the same credential as before.",
    "zh-TW": "社群網路更新連結時給了與先前相同的憑證。",
  },
  network_away: {
    api: "The network cannot be reached right now. Check the address, or try again later.",
    "zh-TW": "目前無法連線到這個社群網路。請檢查網址，或稍後再試。",
  },
  network_pause: {
    api: "The network asks clients to wait. Try again later.",
    "zh-TW": "社群網路要求稍候，請稍後再試。",
  },
  choices_stale: {
    api: "These accounts can no longer be chosen from. Connect again.",
    "zh-TW": "已無法再從這些帳號中選擇，請重新連結。",
  },
  choice_unknown: {
    api: "must name accounts that were offered",
    en: "This account was not offered.",
    "zh-TW": "沒有這個帳號可以選擇。",
  },
  network_settings_missing: {
    api: "Nobody can connect {label} yet. The operator of this server has to set {names}.",
    "zh-TW": "目前還無法連結 {label}。請系統管理者設定 {names}。",
  },
  network_needs_https: {
    api: "{label} only sends people back to an https address, but this server is at {url}. The operator has to set PUBLIC_URL to an https address.",
    "zh-TW": "{label} 只會導回 https 網址，但本系統的網址是 {url}。請系統管理者將 PUBLIC_URL 設為 https 網址。",
  },
  network_needs_public_address: {
    api: "{label} fetches media from this server, which {url} does not allow from the internet. The operator has to set PUBLIC_URL to an address on the internet.",
    "zh-TW": "{label} 會從本系統抓取媒體，但從網際網路無法連到 {url}。請系統管理者將 PUBLIC_URL 設為網際網路上的網址。",
  },
} as const satisfies Record<string, Sentences>;
