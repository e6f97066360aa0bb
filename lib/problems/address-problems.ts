import type { Sentences } from "#lib/problems/sentences";

/** Problems of outside addresses and of calls to them. */
export const ADDRESS_PROBLEMS = {
  receiver_silent: {
    api: "Nothing answers at this address. Check that the receiver is running and that this server can reach it.",
    "zh-TW": "這個網址沒有回應。請確認接收端正在執行，且可以從這裡連線。",
  },
  address_forbidden: {
    api: "This address is not allowed. It must be on the internet and use port 80 or 443. The operator can allow other addresses with OUTBOUND_ALLOWED_HOSTS.",
    en: "This address is not allowed. It must be on the internet and use port 80 or 443. The operator of this server can allow other addresses (OUTBOUND_ALLOWED_HOSTS).",
    "zh-TW":
      "這個網址不能使用。網址必須位於網際網路上，且使用連接埠 80 或 443。系統管理者可以允許其他網址（OUTBOUND_ALLOWED_HOSTS）。",
  },
  address_form: {
    api: "Use an address that starts with https:// or http:// and contains no user name or password.",
    "zh-TW": "請使用以 https:// 或 http:// 開頭、且不含使用者名稱或密碼的網址。",
  },
  address_unknown: {
    api: "The host name in this address does not exist. Check the spelling.",
    "zh-TW": "找不到這個網址的主機名稱，請確認拼寫是否正確。",
  },
  address_unproven: {
    api: "The server at this address could not prove its identity. Check its certificate.",
    "zh-TW": "這個網址的伺服器無法證明身分，請檢查它的憑證。",
  },
  address_redirects: {
    api: "This address redirects. Use the address that it redirects to.",
    "zh-TW": "這個網址會重新導向，請使用重新導向後的網址。",
  },
  address_answer_large: { api: "The answer from this address was too large.", "zh-TW": "這個網址的回應過大。" },
  address_answer_slow: { api: "The answer from this address took too long.", "zh-TW": "這個網址太久沒有回應。" },
  address_answer_cut: {
    api: "The connection to this address ended before the answer was complete.",
    "zh-TW": "與這個網址的連線在回應完成之前中斷。",
  },
  outbound_no_address: { api: "This is not a valid address.", "zh-TW": "這不是有效的網址。" },
  outbound_scheme: {
    api: "Only http:// and https:// addresses can be fetched.",
    "zh-TW": "只能取得 http:// 與 https:// 開頭的網址。",
  },
  outbound_password: {
    api: "An address must not contain a user name or password.",
    "zh-TW": "網址不可包含使用者名稱或密碼。",
  },
  outbound_port: { api: "Port {port} of {host} may not be used.", "zh-TW": "不能使用 {host} 的連接埠 {port}。" },
  outbound_private: { api: "{host} is not on the internet.", "zh-TW": "{host} 不在網際網路上。" },
  outbound_moved: {
    api: "The connection to {host} reached a different address than its name resolves to.",
    "zh-TW": "與 {host} 的連線到達了其名稱解析結果以外的位址。",
  },
  outbound_unresolved: { api: "The host name {host} could not be resolved.", "zh-TW": "無法解析主機名稱 {host}。" },
  outbound_addressless: { api: "The host name {host} has no address.", "zh-TW": "主機名稱 {host} 沒有位址。" },
  outbound_unconnected: { api: "This server could not connect to {host}.", "zh-TW": "無法連線到 {host}。" },
  outbound_unproven: { api: "{host} could not prove its identity.", "zh-TW": "{host} 無法證明身分。" },
  outbound_silent: {
    api: "{host} did not answer for {milliseconds} ms.",
    "zh-TW": "{host} 在 {milliseconds} 毫秒內沒有回應。",
  },
  outbound_slow: {
    api: "The answer took longer than {milliseconds} ms.",
    "zh-TW": "等待回應超過 {milliseconds} 毫秒。",
  },
  outbound_redirects: {
    api: "{host} redirects to an address that is not allowed.",
    "zh-TW": "{host} 重新導向到不允許的網址。",
  },
  outbound_answer_large: { api: "The answer was larger than {most} bytes.", "zh-TW": "回應超過 {most} 位元組。" },
  outbound_given_up: { api: "The request was cancelled.", "zh-TW": "請求已中止。" },
  outbound_cut: {
    api: "The connection ended before the answer was complete.",
    "zh-TW": "連線在收到完整回應之前中斷。",
  },
  outbound_answer_silent: {
    api: "The answer paused for {milliseconds} ms.",
    "zh-TW": "回應停頓了 {milliseconds} 毫秒。",
  },
} as const satisfies Record<string, Sentences>;
