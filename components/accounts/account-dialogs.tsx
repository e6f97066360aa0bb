"use client";

import type { AccountsText } from "#components/accounts/accounts-text";
import { ConnectDialog } from "#components/accounts/connect-dialog";
import { DisconnectDialog } from "#components/accounts/disconnect-dialog";
import type { Account, AccountChoices } from "#lib/accounts/schema";
import type { Network } from "#lib/networks/schema";

/** The open dialog, and what it is about. */
export type OpenDialog =
  | { dialog: "connect"; network?: string }
  | { dialog: "choose"; choices: AccountChoices }
  | { dialog: "disconnect"; account: Account };

type AccountDialogsProps = {
  open: OpenDialog;
  networks: Network[];
  text: AccountsText;
  onClose: () => void;
  onConnected: (account: Account) => void;
  onDisconnected: (account: Account) => void;
};

/** The dialogs of the page, which are loaded on demand. */
export function AccountDialogs({ open, networks, text, onClose, onConnected, onDisconnected }: AccountDialogsProps) {
  if (open.dialog === "disconnect") {
    return <DisconnectDialog account={open.account} text={text} onDisconnected={onDisconnected} onClose={onClose} />;
  }
  const named = open.dialog === "choose" ? open.choices.network : open.network;
  const offered = networks.filter(({ is_built_in }) => !is_built_in);
  return (
    <ConnectDialog
      networks={offered}
      choices={open.dialog === "choose" ? open.choices : undefined}
      initial={offered.find(({ network }) => network === named)}
      text={text}
      onConnected={onConnected}
      onClose={onClose}
    />
  );
}
