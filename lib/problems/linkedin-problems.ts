import type { Sentences } from "#lib/problems/sentences";

/** Refusals of LinkedIn. */
export const LINKEDIN_PROBLEMS = {
  linkedin_busy: {
    api: "LinkedIn takes no more posts from this account or this server’s app today. The post waits until midnight UTC.",
    "zh-TW": "LinkedIn 今天不再接受這個帳號或本系統應用程式的貼文。貼文會等到世界協調時間午夜再發布。",
  },
  linkedin_fault: { api: "LinkedIn has an internal problem.", "zh-TW": "LinkedIn 發生問題。" },
  linkedin_walled: {
    api: "Something in front of LinkedIn answered instead of LinkedIn.",
    "zh-TW": "LinkedIn 前方的防護代為回應了。",
  },
  linkedin_senseless: { api: "LinkedIn’s answer could not be understood.", "zh-TW": "無法理解 LinkedIn 的回應。" },
  linkedin_revoked: {
    api: "LinkedIn no longer accepts this connection, which lasts 60 days. Connect the account again.",
    "zh-TW": "LinkedIn 已不再接受這個連結（每次連結有效 60 天），請重新連結帳號。",
  },
  linkedin_not_allowed: {
    api: "LinkedIn does not let this server’s app publish for the account. The operator has to add the product “Share on LinkedIn” to the app; then connect the account again.",
    "zh-TW":
      "LinkedIn 不允許本系統的應用程式代這個帳號發布。請管理員為應用程式加入「Share on LinkedIn」產品，再重新連結帳號。",
  },
  linkedin_app_refused: {
    api: "LinkedIn does not accept this server’s app. The operator has to check LINKEDIN_CLIENT_ID, LINKEDIN_CLIENT_SECRET and the redirect address at LinkedIn.",
    "zh-TW":
      "LinkedIn 不接受本系統的應用程式。請管理員檢查 LINKEDIN_CLIENT_ID、LINKEDIN_CLIENT_SECRET 與 LinkedIn 上的重新導向網址。",
  },
  linkedin_version_ended: {
    api: "LinkedIn has ended the version {version} of its API, which this server uses. The operator has to update the server.",
    "zh-TW": "LinkedIn 已停用本系統所用的 API 版本 {version}。請管理員更新本系統。",
  },
  linkedin_duplicate: {
    api: "LinkedIn refuses this because it already has the same text from this account: {url}",
    "zh-TW": "LinkedIn 拒絕了，因為這個帳號已有相同內容的貼文：{url}",
  },
  linkedin_duplicate_unnamed: {
    api: "LinkedIn refuses this because it already has the same text from this account.",
    "zh-TW": "LinkedIn 拒絕了，因為這個帳號已有相同內容的貼文。",
  },
  linkedin_said: { api: "LinkedIn refused this: {said}", "zh-TW": "LinkedIn 拒絕了：{said}" },
  linkedin_refused: {
    api: "LinkedIn refused this and did not say why.",
    "zh-TW": "LinkedIn 拒絕了，但沒有說明原因。",
  },
  linkedin_video_waiting: { api: "LinkedIn is still processing the video.", "zh-TW": "LinkedIn 還在處理影片。" },
  linkedin_video_failed: {
    api: "LinkedIn could not process the video. It takes MP4 of 3 seconds to 30 minutes.",
    "zh-TW": "LinkedIn 無法處理這部影片。影片須為 3 秒到 30 分鐘的 MP4。",
  },
} as const satisfies Record<string, Sentences>;
