import type { Messages } from "#lib/i18n/schema";

const PARTS = ["webhooks", "copy", "dialog", "problem"] as const;

/** Only the messages that the webhook pages show, because they are sent to the browser with the page. */
export type WebhooksText = Pick<Messages, (typeof PARTS)[number]>;

/** Selects them from all messages. */
export const toWebhooksText = (text: Messages): WebhooksText =>
  Object.fromEntries(PARTS.map((part) => [part, text[part]])) as WebhooksText;
