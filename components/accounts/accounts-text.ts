import type { Messages } from "#lib/i18n/schema";

const PARTS = ["accounts", "networks", "samples", "copy", "dialog", "problem"] as const;

/** Only the messages that the accounts page shows, because they are sent to the browser with the page. */
export type AccountsText = Pick<Messages, (typeof PARTS)[number]>;

/** Selects them from all messages. */
export const toAccountsText = (text: Messages): AccountsText =>
  Object.fromEntries(PARTS.map((part) => [part, text[part]])) as AccountsText;

type NetworkText = {
  /** Labels and hints of the fields that connect an account. */
  fields?: Record<string, { label: string; hint: string } | undefined>;
  /** Labels of values shown once. */
  shown?: Record<string, string | undefined>;
};

/** The texts about a network. Empty for a network without texts. */
export const findNetworkText = (network: string, { networks }: AccountsText): NetworkText => {
  const known: Record<string, NetworkText> = networks;
  return Object.hasOwn(known, network) ? (known[network] ?? {}) : {};
};
