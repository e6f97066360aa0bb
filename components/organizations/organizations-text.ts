import type { Messages } from "#lib/i18n/schema";

const PARTS = ["organizations", "dialog", "problem"] as const;

/** Only the messages that the pages of organizations show, because they are sent to the browser with the page. */
export type OrganizationsText = Pick<Messages, (typeof PARTS)[number]>;

/** Selects them from all messages. */
export const toOrganizationsText = (text: Messages): OrganizationsText =>
  Object.fromEntries(PARTS.map((part) => [part, text[part]])) as OrganizationsText;
