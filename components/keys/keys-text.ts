import type { Messages } from "#lib/i18n/schema";

/** Only the messages that the API Keys section shows, because they are sent to the browser with the page. */
export type KeysText = Pick<Messages, (typeof PARTS)[number]>;

const PARTS = [
  "keys",
  "keyName",
  "generateKey",
  "keyOptions",
  "rotateKey",
  "secret",
  "renameKey",
  "bulk",
  "shortcuts",
  "lookUp",
  "deleteKey",
  "samples",
  "copy",
  "dialog",
  "problem",
] as const satisfies readonly (keyof Messages)[];

/** Selects them from all messages. */
export const toKeysText = (text: Messages): KeysText =>
  Object.fromEntries(PARTS.map((part) => [part, text[part]])) as KeysText;
