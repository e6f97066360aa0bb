import type { Sentences } from "#lib/problems/sentences";

/** Problems of a request as a whole. */
export const REQUEST_PROBLEMS = {
  nothing_here: { api: "There is nothing at this address.", "zh-TW": "這個網址沒有內容。" },
  nothing_here_listed: {
    api: "There is nothing at this address. GET /openapi.json lists what there is.",
    "zh-TW": "這個網址沒有內容。GET /openapi.json 列出所有可用的網址。",
  },
  method_other: { api: "This address accepts {methods}.", "zh-TW": "這個網址只接受 {methods}。" },
  body_large: { api: "The body is larger than {most} bytes.", "zh-TW": "內容超過 {most} 位元組。" },
  body_compressed: {
    api: "Send the body without compression (no Content-Encoding).",
    "zh-TW": "請傳送未壓縮的內容（不使用 Content-Encoding）。",
  },
  body_no_json_type: {
    api: "Send the body as JSON, with the header Content-Type: application/json.",
    "zh-TW": "請以 JSON 傳送內容，並附上標頭 Content-Type: application/json。",
  },
  body_no_utf8: { api: "The body is not valid UTF-8.", "zh-TW": "內容不是有效的 UTF-8。" },
  body_no_json: { api: "The body is not valid JSON.", "zh-TW": "內容不是有效的 JSON。" },
  body_empty: { api: "The body is empty. JSON was expected.", "zh-TW": "沒有內容，應為 JSON。" },
  body_deep: { api: "The body is nested deeper than {most} levels.", "zh-TW": "內容的巢狀結構超過 {most} 層。" },
  body_many: { api: "The body contains more than {most} values.", "zh-TW": "內容超過 {most} 個值。" },
  target_form: {
    api: "The request target must be a path that starts with a slash, or an address of this server, in ASCII characters.",
    "zh-TW": "請求目標必須是以斜線開頭的路徑，或本伺服器的網址，且只含 ASCII 字元。",
  },
  path_percent: {
    api: "The path has a percent sign that is not part of valid percent-encoding.",
    "zh-TW": "路徑中有不屬於有效百分號編碼的百分號。",
  },
  path_segments: {
    api: "The path must not contain empty or dot segments, backslashes or control characters.",
    "zh-TW": "路徑不可包含空白區段、點區段、反斜線或控制字元。",
  },
  host_single: { api: "Send exactly one Host header.", "zh-TW": "必須傳送一個且僅一個 Host 標頭。" },
  expect_other: { api: "The Expect header only supports 100-continue.", "zh-TW": "標頭 Expect 只支援 100-continue。" },
  router_state: {
    api: "The header Next-Router-State-Tree is not what a browser of this page sends.",
    "zh-TW": "標頭 Next-Router-State-Tree 不是本頁面的瀏覽器所送出的。",
  },
  page_invalid: { api: "Invalid page.", "zh-TW": "沒有這一頁。" },
  authentication_required: { api: "Authentication required", en: "Sign in first.", "zh-TW": "請先登入。" },
  key_invalid: { api: "Invalid or missing API key", "zh-TW": "API 金鑰無效，或沒有提供。" },
  origin_foreign: {
    api: "This address only accepts requests from the console's own pages.",
    en: "This page was opened at an address other than the one that this server is set up for (PUBLIC_URL). Open it at that address.",
    "zh-TW": "您開啟此頁面的網址與本系統所設定的（PUBLIC_URL）不同，請改用所設定的網址開啟。",
  },
  calls_limit: {
    api: "Too many requests from this address. Try again later.",
    en: "Too many requests in a short time. Try again in a minute.",
    "zh-TW": "請求過於頻繁，請一分鐘後再試。",
  },
  attempts_limit: {
    api: "Too many failed attempts from this address. Try again later.",
    "zh-TW": "這個位址失敗的嘗試過多，請稍後再試。",
  },
  session_not_found: {
    api: "Session not found",
    en: "This session no longer exists. Reload the page to see the current list.",
    "zh-TW": "這個登入工作階段已不存在，請重新載入頁面以查看目前的清單。",
  },
} as const satisfies Record<string, Sentences>;
