import type { Sentences } from "#lib/problems/sentences";

/** Problems of this server itself. */
export const SERVER_PROBLEMS = {
  database_away: {
    api: "The database cannot be reached right now. Nothing was changed; try again in a few seconds.",
    en: "The database cannot be reached right now. Nothing was changed. Try again in a few seconds.",
    "zh-TW": "目前無法連線到資料庫，沒有任何變更。請幾秒後再試。",
  },
  database_away_reading: {
    api: "The database cannot be reached right now; try again in a few seconds.",
    en: "The database cannot be reached right now. Try again in a few seconds.",
    "zh-TW": "目前無法連線到資料庫，請幾秒後再試。",
  },
  database_unready: {
    api: "The database does not answer, or takes no changes.",
    en: "The database does not answer, or accepts no changes.",
    "zh-TW": "資料庫沒有回應，或無法寫入。",
  },
  uncertain_look: {
    api: "The database did not answer, and it is not known whether this was saved. Look before you repeat it.",
    en: "The database did not answer. It is not known whether this was saved. Reload the page before you try again.",
    "zh-TW": "資料庫沒有回應，不確定是否已儲存。請先重新載入頁面確認，再決定是否重試。",
  },
  uncertain_repeatable: {
    api: "The database did not answer, and it is not known whether this was saved. Send it again: what was done already is not done twice.",
    "zh-TW": "資料庫沒有回應，不確定是否已儲存。請再送一次，已完成的部分不會重複執行。",
  },
  uncertain_harmless: {
    api: "The database did not answer, and it is not known whether this was saved. Send it again: doing it twice does no harm.",
    en: "The database did not answer. It is not known whether this was saved. Try again: doing it twice does no harm.",
    "zh-TW": "資料庫沒有回應，不確定是否已儲存。請再試一次，重複執行也沒有關係。",
  },
  uncertain_look_at: {
    api: "The database did not answer, and it is not known whether this was saved. Look at {address} before you repeat it.",
    en: "The database did not answer. It is not known whether this was saved. Reload the page before you try again. ({address})",
    "zh-TW": "資料庫沒有回應，不確定是否已儲存。請先查看 {address}，再決定是否重試。",
  },
  uncertain_idempotent: {
    api: "The database did not answer, and it is not known whether this was saved. Look at {address} before you repeat it; a request with an Idempotency-Key can be repeated as it is, and is not done twice.",
    "zh-TW":
      "資料庫沒有回應，不確定是否已儲存。請先查看 {address}，再決定是否重試；帶有 Idempotency-Key 的請求可以原樣重送，不會重複執行。",
  },
  fault_logged: {
    api: "Something went wrong on our side. The request id in X-Request-Id finds it in the log.",
    en: "Something went wrong on the server. Try again in a moment.",
    "zh-TW": "伺服器發生問題，請稍後再試。",
  },
  fault: {
    api: "Something went wrong on our side.",
    en: "Something went wrong on the server.",
    "zh-TW": "伺服器發生問題。",
  },
} as const satisfies Record<string, Sentences>;
