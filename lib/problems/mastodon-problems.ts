import type { Sentences } from "#lib/problems/sentences";

/** Refusals of Mastodon servers. */
export const MASTODON_PROBLEMS = {
  server_busy: {
    api: "The server asks for patience.",
    en: "The server asks to slow down.",
    "zh-TW": "對方伺服器要求放慢速度。",
  },
  server_fault: { api: "The server has a problem of its own.", "zh-TW": "對方伺服器發生問題。" },
  server_medium_large: {
    api: "A medium is larger than this server takes.",
    en: "A picture or video is larger than this server accepts.",
    "zh-TW": "有圖片或影片超過對方伺服器的大小上限。",
  },
  server_walled: {
    api: "Something in front of the server answered in its place.",
    "zh-TW": "對方伺服器前方的防護或閘道代為回應了。",
  },
  server_revoked: {
    api: "The server does not accept this connection any more. Connect the account again.",
    "zh-TW": "對方伺服器已不再接受這個連結，請重新連結帳號。",
  },
  server_refused: {
    api: "The server refused this and did not say why.",
    "zh-TW": "對方伺服器拒絕了，但沒有說明原因。",
  },
  server_said: { api: "{said}", en: "The server refused this: {said}", "zh-TW": "對方伺服器拒絕了：{said}" },
  server_senseless: {
    api: "The server gave an answer that makes no sense.",
    en: "The server’s answer could not be understood.",
    "zh-TW": "無法理解對方伺服器的回應。",
  },
  server_token_unusable: {
    api: "The server gave a token that cannot be used.",
    "zh-TW": "對方伺服器給的權杖無法使用。",
  },
  server_medium_refused: {
    api: "The server took no media.",
    en: "The server did not accept the picture or video.",
    "zh-TW": "對方伺服器不接受圖片或影片。",
  },
  server_medium_waiting: {
    api: "The server is still busy with a medium.",
    en: "The server is still processing a picture or video.",
    "zh-TW": "對方伺服器還在處理圖片或影片。",
  },
  instance_unnamed: {
    api: "Name the server as well, for example mastodon.social or @me@mastodon.social.",
    "zh-TW": "請一併填寫伺服器，例如 mastodon.social 或 @me@mastodon.social。",
  },
  instance_other_kind: {
    api: "At this address there is no server that speaks Mastodon's protocol, or something in front of it keeps programs out.",
    en: "There is no Mastodon server at this address, or something in front of it blocks programs. Give the address that you sign in at.",
    "zh-TW": "這個位址沒有 Mastodon 伺服器，或是前方的防護擋下了程式。請填您平常登入的位址。",
  },
  instance_away: {
    api: "This server cannot be reached.",
    en: "This server cannot be reached. Check the address, or try again later.",
    "zh-TW": "無法連線到這個伺服器，請檢查位址或稍後再試。",
  },
  instance_address_form: {
    api: "This is no address of a server, for example mastodon.social.",
    en: "This is not the address of a server. It looks like mastodon.social.",
    "zh-TW": "這不是伺服器的位址，格式例如 mastodon.social。",
  },
  instance_closed: {
    api: "This server lets no applications register at the moment.",
    en: "This server accepts no new applications at the moment. Try again later.",
    "zh-TW": "這個伺服器目前不接受應用程式註冊，請稍後再試。",
  },
} as const satisfies Record<string, Sentences>;
