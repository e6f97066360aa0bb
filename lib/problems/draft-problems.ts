import type { Sentences } from "#lib/problems/sentences";

/** Problems of a post before it is accepted. */
export const DRAFT_PROBLEMS = {
  thread_unknown: { api: "{network} does not support threads.", "zh-TW": "{network} 不支援串文。" },
  thread_long: { api: "A thread has at most {most} parts.", "zh-TW": "串文最多 {most} 則。" },
  network_other: {
    api: "The account belongs to {network}, not {named}.",
    "zh-TW": "這個帳號屬於 {network}，不是 {named}。",
  },
  options_other_network: {
    api: "These options are for {named}. The post goes to {networks}.",
    "zh-TW": "這些選項屬於 {named}，但貼文要發布到 {networks}。",
  },
  language_tag: {
    api: "Expected a language tag such as `en` or `zh-TW` (BCP 47).",
    "zh-TW": "必須是語言標籤，例如 `en` 或 `zh-TW`（BCP 47）。",
  },
  languages_many: { api: "Name at most {most} languages.", "zh-TW": "最多 {most} 種語言。" },
  network_unavailable: {
    api: "This server cannot publish to {named}. Available: {available}.",
    "zh-TW": "本系統無法發布到 {named}。可用：{available}。",
  },
  text_broken: {
    api: "The text contains a NUL character or an incomplete character.",
    "zh-TW": "文字包含 NUL 字元或不完整的字元。",
  },
  text_long: {
    api: "The text is too long for {network}: {length} of at most {limit} {unit}.",
    "zh-TW": "文字太長：共 {length} {unit}，{network} 的上限為 {limit}。",
  },
  text_much_longer: {
    api: "The text is too long for {network}: more than {length} of at most {limit} {unit}.",
    "zh-TW": "文字太長：超過 {length} {unit}，{network} 的上限為 {limit}。",
  },
  media_required: {
    api: "{network} publishes no post without a picture or video. Add one.",
    "zh-TW": "{network} 的貼文必須有圖片或影片，請加入。",
  },
  media_many: {
    api: "Use at most {most} media files in a post.",
    en: "Use at most {most} pictures or videos in a post.",
    "zh-TW": "一則貼文最多 {most} 個媒體。",
  },
  media_address_form: {
    api: "Use http or https addresses without a password.",
    "zh-TW": "請使用不含密碼的 http 或 https 網址。",
  },
  alt_text_form: {
    api: "An alternative text has at most {most} characters. It must not contain NUL or incomplete characters.",
    "zh-TW": "替代文字最多 {most} 個字元，且不可包含 NUL 或不完整的字元。",
  },
  alt_texts_many: {
    api: "There are {texts} alternative texts for {media} media files.",
    en: "There are {texts} alternative texts for {media} pictures or videos.",
    "zh-TW": "有 {texts} 段替代文字，但只有 {media} 個媒體。",
  },
  accounts_many: { api: "Name at most {most} accounts.", "zh-TW": "最多指定 {most} 個帳號。" },
  account_twice: { api: "This account is named twice.", "zh-TW": "這個帳號重複了。" },
  accounts_two_ways: {
    api: "Give either post.accountId or post.accountIds.",
    "zh-TW": "post.accountId 與 post.accountIds 只能擇一提供。",
  },
  given_twice: {
    api: "Give this field once, as post.content.{name} or as post.{name}.",
    "zh-TW": "這個欄位只能提供一次：post.content.{name} 或 post.{name}。",
  },
  content_missing: { api: "Write a text or add media.", "zh-TW": "請輸入文字或加入媒體。" },
  networks_differ: {
    api: "post.content.platform ({named}) and post.target.targetType ({aimed}) must agree.",
    "zh-TW": "post.content.platform（{named}）與 post.target.targetType（{aimed}）必須一致。",
  },
  schedule_member: { api: "Use post.scheduledAt for a later time.", "zh-TW": "要排程請使用 post.scheduledAt。" },
  schedule_twice: { api: "Two different times were given.", "zh-TW": "提供了兩個不同的時間。" },
  schedule_form: {
    api: "Use an ISO 8601 time with a time zone, for example 2030-01-31T09:00:00+08:00.",
    "zh-TW": "請使用附有時區的 ISO 8601 時間，例如 2030-01-31T09:00:00+08:00。",
  },
  schedule_over: {
    api: "This time is in the past.",
    en: "Choose a time in the future.",
    "zh-TW": "請選擇未來的時間。",
  },
} as const satisfies Record<string, Sentences>;
