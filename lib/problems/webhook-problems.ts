import type { Sentences } from "#lib/problems/sentences";

/** Problems of webhooks and their deliveries. */
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
  webhook_events_twice: { api: "Give each event once.", "zh-TW": "每個事件只能列出一次。" },
  webhook_secret_sealed: {
    api: "This server cannot decrypt the signing secret. Rotate the secret, then send this again.",
    en: "This server cannot decrypt the signing secret. Replace the secret, then send this again.",
    "zh-TW": "本系統無法解密簽章密鑰。請更換密鑰，然後再次傳送。",
  },
  delivery_under_way: { api: "This delivery is being sent now.", "zh-TW": "這則訊息正在傳送中。" },
} as const satisfies Record<string, Sentences>;

/** Refusals of webhook receivers. */
export const RECEIVER_PROBLEMS = {
  receiver_gone: {
    api: "The receiver answered {status}: it no longer accepts messages.",
    "zh-TW": "接收端回覆 {status}：不再接收任何訊息。",
  },
  receiver_later: {
    api: "The receiver answered {status}: it asks to try again later.",
    "zh-TW": "接收端回覆 {status}：請稍後再試。",
  },
  receiver_failed: { api: "The receiver answered {status}.", "zh-TW": "接收端回覆 {status}。" },
  receiver_refused: {
    api: "The receiver answered {status}: it did not accept the message.",
    "zh-TW": "接收端回覆 {status}：沒有收下訊息。",
  },
  receiver_is_chat: {
    api: "Discord and Slack accept only messages in their own format. Give the address of a program that passes posts on to them, for example a workflow in n8n, Make or Zapier.",
    "zh-TW":
      "Discord 與 Slack 只接受它們自己格式的訊息。請提供會把貼文轉送過去的程式網址，例如 n8n、Make 或 Zapier 的工作流程。",
  },
  receiver_elsewhere: {
    api: "This address does not accept POST requests: it answered a test message with {status}.",
    "zh-TW": "這個網址不接受以 POST 傳送的訊息：測試訊息得到的回覆是 {status}。",
  },
  receiver_faulty: {
    api: "The receiver has an internal problem: it answered a test message with {status}. Try again later.",
    "zh-TW": "接收端發生問題：它對測試訊息回覆了 {status}。請稍後再試。",
  },
  receiver_puzzled: {
    api: "This receiver does not understand the messages: it answered a test message with {status}. If it rejects the signature, make it answer 401 until it knows the secret.",
    "zh-TW": "這個接收端看不懂訊息：它對測試訊息回覆了 {status}。若是因為簽章而拒絕，請讓它在得知密鑰之前回覆 401。",
  },
} as const satisfies Record<string, Sentences>;
