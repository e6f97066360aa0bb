import type { Sentences } from "#lib/problems/sentences";

/** Problems of this server itself. */
export const SERVER_PROBLEMS = {
  database_away: {
    api: "The database cannot be reached right now. Nothing was changed. Try again in a few seconds.",
    "zh-TW": "目前無法連線到資料庫，沒有任何變更。請幾秒後再試。",
  },
  database_away_reading: {
    api: "The database cannot be reached right now. Try again in a few seconds.",
    "zh-TW": "目前無法連線到資料庫，請幾秒後再試。",
  },
  database_unready: {
    api: "The database does not answer, or accepts no changes.",
    "zh-TW": "資料庫沒有回應，或無法寫入。",
  },
  uncertain_look: {
    api: "The database did not answer. It is not known whether this was saved. Check before you repeat the request.",
    en: "The database did not answer. It is not known whether this was saved. Reload the page before you try again.",
    "zh-TW": "資料庫沒有回應，不確定是否已儲存。請先重新載入頁面確認，再決定是否重試。",
  },
  uncertain_repeatable: {
    api: "The database did not answer. It is not known whether this was saved. Send the request again: nothing is done twice.",
    "zh-TW": "資料庫沒有回應，不確定是否已儲存。請再送一次，已完成的部分不會重複執行。",
  },
  uncertain_harmless: {
    api: "The database did not answer. It is not known whether this was saved. Send the request again: doing it twice does no harm.",
    en: "The database did not answer. It is not known whether this was saved. Try again: doing it twice does no harm.",
    "zh-TW": "資料庫沒有回應，不確定是否已儲存。請再試一次，重複執行也沒有關係。",
  },
  uncertain_look_at: {
    api: "The database did not answer. It is not known whether this was saved. Check {address} before you repeat the request.",
    en: "The database did not answer. It is not known whether this was saved. Reload the page before you try again. ({address})",
    "zh-TW": "資料庫沒有回應，不確定是否已儲存。請先查看 {address}，再決定是否重試。",
  },
  uncertain_idempotent: {
    api: "The database did not answer. It is not known whether this was saved. Check {address} before you repeat the request. A request with an Idempotency-Key can be repeated unchanged: it is not done twice.",
    "zh-TW":
      "資料庫沒有回應，不確定是否已儲存。請先查看 {address}，再決定是否重試。帶有 Idempotency-Key 的請求可以原樣重送，不會重複執行。",
  },
  fault_logged: {
    api: "Something went wrong on the server. The header X-Request-Id identifies this request in the server's log.",
    en: "Something went wrong on the server. Try again in a moment.",
    "zh-TW": "伺服器發生問題，請稍後再試。",
  },
  fault: { api: "Something went wrong on the server.", "zh-TW": "伺服器發生問題。" },
} as const satisfies Record<string, Sentences>;
