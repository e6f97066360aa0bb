import type { Messages } from "#lib/i18n/schema";

const PARTS = ["webhooks", "copy", "dialog", "problem"] as const;

/** The messages that the pages of webhooks show, and no others: they travel to the browser with the page. */
export type WebhooksText = Pick<Messages, (typeof PARTS)[number]>;

/** Picks them out of all messages. */
export const toWebhooksText = (text: Messages): WebhooksText =>
  Object.fromEntries(PARTS.map((part) => [part, text[part]])) as WebhooksText;
