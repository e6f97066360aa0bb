/**
 * A problem's sentences, with `{name}` as a placeholder for each value. Without `en`, the console shows `api` in English.
 */
export type Sentences = {
  /** The API's English. Programs may compare it, so it must not change. */
  api: string;
  /** The console's English, where its users know other words or buttons. */
  en?: string;
  "zh-TW": string;
};
