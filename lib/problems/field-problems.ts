import type { Sentences } from "#lib/problems/sentences";

/** Problems of a member of a body or query. */
export const FIELD_PROBLEMS = {
  field_required: { api: "This field is required.", en: "Fill this in.", "zh-TW": "請填寫此欄位。" },
  field_missing: { api: "Missing required field: {path}", en: "Fill in {path}.", "zh-TW": "請填寫 {path}。" },
  field_unknown: { api: "This field is not known.", "zh-TW": "無法識別這個欄位。" },
  parameter_unknown_of: {
    api: "This parameter is not known. Known: {names}.",
    "zh-TW": "無法識別這個參數。可用的參數：{names}。",
  },
  parameter_none: {
    api: "This parameter is not known. This address accepts no parameters.",
    "zh-TW": "無法識別這個參數，這裡不接受任何參數。",
  },
  header_repeated: { api: "Give this header once.", "zh-TW": "這個標頭只能出現一次。" },
  field_repeated: { api: "Give this field once.", "zh-TW": "這個欄位只能出現一次。" },
  parameter_repeated: { api: "Give this parameter once.", "zh-TW": "這個參數只能出現一次。" },
  expected_type: { api: "Expected {types}.", "zh-TW": "型別必須是{types}。" },
  expected_one_of: { api: "Expected one of: {values}.", "zh-TW": "必須是以下其中之一：{values}。" },
  text_too_long: { api: "Use at most {most} characters.", "zh-TW": "最多 {most} 個字元。" },
  rule_broken: { api: "{said}", "zh-TW": "不符合規則：{said}" },
  rule_text_long: {
    api: "Too big: expected string to have <={limit} characters",
    en: "Use at most {limit} characters.",
    "zh-TW": "最多 {limit} 個字元。",
  },
  rule_text_short: {
    api: "Too small: expected string to have >={limit} characters",
    en: "Use at least {limit} characters.",
    "zh-TW": "至少 {limit} 個字元。",
  },
  rule_list_long: {
    api: "Too big: expected array to have <={limit} items",
    en: "Give at most {limit} items.",
    "zh-TW": "最多 {limit} 項。",
  },
  rule_list_short: {
    api: "Too small: expected array to have >={limit} items",
    en: "Give at least {limit} items.",
    "zh-TW": "至少 {limit} 項。",
  },
  idempotency_key_form: {
    api: "Use 1 to 255 printable ASCII characters.",
    "zh-TW": "請使用 1 到 255 個可列印的 ASCII 字元。",
  },
  character_unseen: {
    api: "Remove the character {character}, which cannot be seen.",
    "zh-TW": "請移除看不見的字元 {character}。",
  },
  characters_broken: { api: "Remove the invalid characters.", "zh-TW": "請移除無效的字元。" },
  address_too_long: { api: "This address is too long.", "zh-TW": "這個網址太長了。" },
  moment_zoneless: {
    api: "Expected a time with a time zone, for example 2027-01-31T00:00:00Z.",
    en: "Choose a day.",
    "zh-TW": "請選擇日期。",
  },
  day_or_moment: {
    api: "Use a date such as 2025-01-15, or a time such as 2025-01-15T10:30:00Z.",
    "zh-TW": "請使用日期（例如 2025-01-15）或時間（例如 2025-01-15T10:30:00Z）。",
  },
  moment_before_beginning: { api: "The end must not be before the beginning.", "zh-TW": "結束時間不可早於開始時間。" },
  id_of_account: { api: "Expected the id of an account.", "zh-TW": "必須是社群帳號的 ID。" },
  id_of_group: { api: "Expected the id of a group of posts.", "zh-TW": "必須是貼文群組的 ID。" },
  id_of_post: { api: "Expected the id of a post.", "zh-TW": "必須是貼文的 ID。" },
  id_of_key: { api: "Expected the id of an API key.", "zh-TW": "必須是 API 金鑰的 ID。" },
  number_to_100: { api: "Use a whole number from 1 to 100.", "zh-TW": "請使用 1 到 100 的整數。" },
  seconds_negative: { api: "Expected 0 or more seconds.", "zh-TW": "秒數必須是 0 以上。" },
  seconds_too_many: { api: "Expected at most {most} seconds (30 days).", "zh-TW": "最多 {most} 秒（30 天）。" },
  change_nothing: {
    api: "Send at least one field to change, for example {name}.",
    en: "Change at least one setting, for example {name}.",
    "zh-TW": "請至少變更一項，例如 {name}。",
  },
} as const satisfies Record<string, Sentences>;
