/** A problem's sentences, with a `{name}` for each value. Without a console's own English the API's is shown there too. */
export type Sentences = {
  /** The API's English. Programs may compare it, so it stays as it is. */
  api: string;
  /** The console's English, where its reader has other words or buttons for it. */
  en?: string;
  "zh-TW": string;
};
