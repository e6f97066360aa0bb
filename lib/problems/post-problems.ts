import type { Sentences } from "#lib/problems/sentences";

/** Problems of a post after it was accepted. */
export const POST_PROBLEMS = {
  post_not_found: {
    api: "Post not found",
    en: "This post no longer exists. Reload the page to see the current list.",
    "zh-TW": "這則貼文已不存在，請重新載入頁面以查看目前的清單。",
  },
  post_past_cancelling: {
    api: "Only a waiting post can be cancelled. This one is {status}.",
    "zh-TW": "只有等待中的貼文可以取消，這則貼文的狀態是 {status}。",
  },
  post_past_retrying: {
    api: "Only a failed post can be retried. This one is {status}.",
    "zh-TW": "只有失敗的貼文可以重試，這則貼文的狀態是 {status}。",
  },
  post_perhaps_published: {
    api: 'This post may already be published. Check the network first, then send {"force": true} to publish it anyway.',
    en: "This post may already be on the network. Look there first, then choose to publish it anyway.",
    "zh-TW": "這則貼文可能已經發布。請先到該社群網路查看，再決定是否仍要發布。",
  },
  post_missed: {
    api: "The post was due more than an hour before this server started again, so it was not published.",
    "zh-TW": "排定的時間在本系統重新啟動前已超過一小時，因此沒有發布。",
  },
  post_outcome_unknown: {
    api: "The network did not answer and cannot be asked whether it published this.",
    "zh-TW": "社群網路沒有回覆，也無法查詢是否已經發布。",
  },
  post_fault_here: {
    api: "Something went wrong on this server. Its log has the details.",
    "zh-TW": "本系統發生問題，伺服器紀錄有更多資訊。",
  },
  post_account_gone: {
    api: "The account was disconnected before this post was published.",
    "zh-TW": "這則貼文發布之前，帳號已中斷連結。",
  },
  post_refused: { api: "The network refused the post.", "zh-TW": "社群網路拒絕了這則貼文。" },
  idempotency_other_body: {
    api: "This Idempotency-Key was used with another body. Use a new one.",
    "zh-TW": "這個 Idempotency-Key 已用於不同的內容，請換一個。",
  },
  idempotency_under_way: {
    api: "The first request with this Idempotency-Key is still in progress.",
    en: "The first attempt is still in progress.",
    "zh-TW": "使用這個 Idempotency-Key 的第一個請求仍在處理中。",
  },
  post_refused_with: { api: "{said}", "zh-TW": "{said}" },
} as const satisfies Record<string, Sentences>;
