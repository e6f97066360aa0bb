import type { Sentences } from "#lib/problems/sentences";

/** What can be wrong with webhooks and their deliveries. */
export const WEBHOOK_PROBLEMS = {
  webhook_not_found: {
    api: "Webhook not found",
    en: "This webhook no longer exists. Reload the page to see the current list.",
    "zh-TW": "這個 Webhook 已不存在，請重新載入頁面以查看目前的清單。",
  },
  delivery_not_found: {
    api: "Delivery not found",
    en: "This delivery no longer exists. Reload the page to see the current list.",
    "zh-TW": "這筆傳送紀錄已不存在，請重新載入頁面以查看目前的清單。",
  },
  webhook_limit: {
    api: "You have {most} webhooks, which is the limit. Delete one that is no longer used.",
    "zh-TW": "您已有 {most} 個 Webhook，達到上限。請刪除不再使用的。",
  },
  webhook_disabled: { api: "This webhook is disabled. Enable it first.", "zh-TW": "這個 Webhook 已停用，請先啟用。" },
  webhook_events_none: { api: "Choose at least one event.", "zh-TW": "請至少選擇一項。" },
  webhook_events_twice: { api: "Name each event once.", "zh-TW": "每個事件只能列出一次。" },
  webhook_secret_sealed: {
    api: "The signing secret cannot be opened here. Rotate it, then send this again.",
    en: "This server cannot decrypt the signing secret. Replace the secret, then send this again.",
    "zh-TW": "本系統無法解密簽章密鑰。請更換密鑰，然後再次傳送。",
  },
  delivery_under_way: {
    api: "This delivery is being tried at this moment.",
    en: "This delivery is being sent at this moment.",
    "zh-TW": "這則訊息正在傳送中。",
  },
} as const satisfies Record<string, Sentences>;
