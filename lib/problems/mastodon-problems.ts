import type { Sentences } from "#lib/problems/sentences";

/** Refusals of Mastodon servers. */
export const MASTODON_PROBLEMS = {
  server_busy: { api: "The server asks clients to slow down.", "zh-TW": "對方伺服器要求放慢速度。" },
  server_fault: { api: "The server has an internal problem.", "zh-TW": "對方伺服器發生問題。" },
  server_medium_large: {
    api: "A media file is larger than this server accepts.",
    en: "A picture or video is larger than this server accepts.",
    "zh-TW": "有圖片或影片超過對方伺服器的大小上限。",
  },
  server_walled: {
    api: "A firewall or proxy in front of the server answered instead of the server.",
    "zh-TW": "對方伺服器前方的防火牆或代理伺服器代為回應了。",
  },
  server_revoked: {
    api: "The server no longer accepts this connection. Connect the account again.",
    "zh-TW": "對方伺服器已不再接受這個連結，請重新連結帳號。",
  },
  server_refused: {
    api: "The server refused this and did not say why.",
    "zh-TW": "對方伺服器拒絕了，但沒有說明原因。",
  },
  server_said: { api: "{said}", en: "The server refused this: {said}", "zh-TW": "對方伺服器拒絕了：{said}" },
  server_senseless: { api: "The server’s answer could not be understood.", "zh-TW": "無法理解對方伺服器的回應。" },
  server_token_unusable: {
    api: "The server returned a token that cannot be used.",
    "zh-TW": "對方伺服器給的權杖無法使用。",
  },
  server_medium_refused: {
    api: "The server did not accept the media file.",
    en: "The server did not accept the picture or video.",
    "zh-TW": "對方伺服器不接受圖片或影片。",
  },
  server_medium_waiting: {
    api: "The server is still processing a media file.",
    en: "The server is still processing a picture or video.",
    "zh-TW": "對方伺服器還在處理圖片或影片。",
  },
  instance_unnamed: {
    api: "Include the server, for example mastodon.social or @me@mastodon.social.",
    "zh-TW": "請一併填寫伺服器，例如 mastodon.social 或 @me@mastodon.social。",
  },
  instance_other_kind: {
    api: "There is no Mastodon server at this address, or something in front of it blocks programs. Give the address that you sign in at.",
    "zh-TW": "這個位址沒有 Mastodon 伺服器，或是前方的防護擋下了程式。請填您平常登入的位址。",
  },
  instance_away: {
    api: "This server cannot be reached. Check the address, or try again later.",
    "zh-TW": "無法連線到這個伺服器，請檢查位址或稍後再試。",
  },
  instance_address_form: {
    api: "This is not the address of a server. It looks like mastodon.social.",
    "zh-TW": "這不是伺服器的位址，格式例如 mastodon.social。",
  },
  instance_closed: {
    api: "This server accepts no new applications at the moment. Try again later.",
    "zh-TW": "這個伺服器目前不接受應用程式註冊，請稍後再試。",
  },
} as const satisfies Record<string, Sentences>;
