/**
 * A problem's sentences, with `{name}` as a placeholder for each value. Without `en`, the console shows `api` in English.
 */
export type Sentences = {
  /** The API's English. Posts and deliveries store it. Programs compare an error's name instead. */
  api: string;
  /** The console's English, where its users know other words or buttons. */
  en?: string;
  "zh-TW": string;
};
