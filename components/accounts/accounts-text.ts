import type { Messages } from "#lib/i18n/schema";

const PARTS = ["accounts", "networks", "samples", "copy", "dialog", "problem"] as const;

/** The messages that the page of accounts shows, and no others: they travel to the browser with the page. */
export type AccountsText = Pick<Messages, (typeof PARTS)[number]>;

/** Picks them out of all messages. */
export const toAccountsText = (text: Messages): AccountsText =>
  Object.fromEntries(PARTS.map((part) => [part, text[part]])) as AccountsText;

type NetworkText = {
  /** Label and hint of what is given to connect. */
  fields?: Record<string, { label: string; hint: string } | undefined>;
  /** Names of what is shown once. */
  shown?: Record<string, string | undefined>;
};

/** What there is to say about a network; nothing of one that came without words. */
export const findNetworkText = (network: string, { networks }: AccountsText): NetworkText => {
  const known: Record<string, NetworkText> = networks;
  return Object.hasOwn(known, network) ? (known[network] ?? {}) : {};
};
