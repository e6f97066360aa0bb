import type { Sentences } from "#lib/problems/sentences";

/** Refusals of Bluesky's servers. */
export const BLUESKY_PROBLEMS = {
  bluesky_images: {
    api: "Bluesky accepts at most {most} images in a post.",
    "zh-TW": "Bluesky 一則貼文最多 {most} 張圖片。",
  },
  bluesky_video_alone: {
    api: "Bluesky accepts one video and no other media with it.",
    "zh-TW": "Bluesky 一則貼文只能有一部影片，不能再附其他媒體。",
  },
  bluesky_refused: { api: "Bluesky refused this: {said}", "zh-TW": "Bluesky 拒絕了：{said}" },
  bluesky_walled: {
    api: "A firewall or proxy in front of Bluesky’s server answered instead of the server.",
    "zh-TW": "Bluesky 伺服器前方的防火牆或代理伺服器代為回應了。",
  },
  bluesky_busy: {
    api: "Bluesky asks clients to send fewer requests for a while.",
    "zh-TW": "Bluesky 要求暫時減少請求次數。",
  },
  bluesky_unavailable: { api: "Bluesky cannot accept this at the moment.", "zh-TW": "Bluesky 目前無法處理這項請求。" },
  bluesky_uncertain: {
    api: "It is not known yet whether Bluesky published this.",
    "zh-TW": "目前還不知道 Bluesky 是否已發布這則貼文。",
  },
  bluesky_session_old: { api: "The Bluesky session must be renewed.", "zh-TW": "需要更新 Bluesky 的登入工作階段。" },
  bluesky_session_unusable: {
    api: "Bluesky’s server returned a session that cannot be used.",
    "zh-TW": "Bluesky 伺服器給的登入工作階段無法使用。",
  },
  bluesky_revoked: {
    api: "Bluesky no longer accepts the app password. Connect the account again with a new one.",
    "zh-TW": "Bluesky 不再接受這組應用程式專用密碼，請以新的密碼重新連結帳號。",
  },
  bluesky_account_gone: {
    api: "This account is deactivated, deleted or taken down.",
    "zh-TW": "這個帳號已停用、刪除或遭下架。",
  },
  bluesky_other_kind: {
    api: "{host} does not answer like a Bluesky server.",
    "zh-TW": "{host} 的回應不像 Bluesky 的伺服器。",
  },
  bluesky_no_server: {
    api: "There is no Bluesky server at this address, or something in front of it blocks programs. Check the address, or try again later.",
    "zh-TW": "這個網址沒有 Bluesky 伺服器回應，或是前方的防護擋下了程式。請檢查網址，或稍後再試。",
  },
  bluesky_own_password: {
    api: "This is the account’s own password. Use an app password instead.",
    "zh-TW": "這是帳號本身的密碼，請改用應用程式專用密碼。",
  },
  bluesky_no_name: {
    api: "Give the account’s handle (alice.bsky.social), the address of its profile, its DID or its e-mail address.",
    "zh-TW": "請填寫帳號代碼（例如 alice.bsky.social）、個人檔案的網址、DID 或電子郵件地址。",
  },
  bluesky_wrong_password: {
    api: "Bluesky does not accept this app password for this handle.",
    "zh-TW": "Bluesky 不接受這個帳號代碼與應用程式專用密碼的組合。",
  },
  bluesky_insecure: { api: "Use an address that starts with https://.", "zh-TW": "只能透過 https:// 連線到伺服器。" },
} as const satisfies Record<string, Sentences>;
