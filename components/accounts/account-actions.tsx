"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { OpenDialog } from "#components/accounts/account-dialogs";
import type { AccountsText } from "#components/accounts/accounts-text";
import { callApi } from "#components/console/call-api";
import { ProblemContent } from "#components/console/problem-note";
import { useInOrganization } from "#components/organizations/organization-scope";
import { Button, buttonClass } from "#components/ui/button";
import type { ToastMessage } from "#components/ui/toast";
import type { Account, ConnectAnswer } from "#lib/accounts/schema";
import { fill } from "#lib/i18n/schema";
import type { Network } from "#lib/networks/schema";

type AccountActionsProps = {
  account: Account;
  /** The account's network, if this installation still knows it. */
  network: Network | undefined;
  mayConnect: boolean;
  text: AccountsText;
  /** The reader nears a button. */
  onNear: () => void;
  onShow: (dialog: OpenDialog) => void;
  onSay: (message: ToastMessage) => void;
};

/** Tests, reconnects and disconnects an account. Each button's accessible name includes the account. */
export function AccountActions({ account, network, mayConnect, text, onNear, onShow, onSay }: AccountActionsProps) {
  const router = useRouter();
  const [isTesting, setIsTesting] = useState(false);
  const [isConnecting, setIsConnecting] = useState(false);
  const inOrganization = useInOrganization();
  const { account_id: id, username: name, social_channel_type: networkName, status } = account;
  const words = text.accounts;

  const test = async () => {
    setIsTesting(true);
    const { data, problem } = await callApi<Account>("POST", `/api/accounts/${id}/check`);
    setIsTesting(false);
    if (problem) return onSay({ look: "bad", content: <ProblemContent problem={problem} text={text} /> });
    const isValid = data.status !== "revoked";
    onSay({ look: isValid ? "good" : "bad", content: fill(isValid ? words.works : words.isRevoked, { name }) });
    router.refresh();
  };

  // Where the network itself asks for everything, its page is the next thing to see.
  const reconnect = async () => {
    if (!network || network.connect_fields.length > 0) return onShow({ dialog: "connect", network: networkName });
    setIsConnecting(true);
    const body = { network: networkName, fields: {} };
    const { data, problem } = await callApi<ConnectAnswer>("POST", inOrganization("/api/accounts"), { body });
    if (data && "authorization_url" in data) return location.assign(data.authorization_url);
    setIsConnecting(false);
    if (problem) onSay({ look: "bad", content: <ProblemContent problem={problem} text={text} /> });
  };

  if (network?.is_built_in) {
    return (
      <a href={`/sandbox/${id}`} className={buttonClass("quiet")}>
        {words.feed}
      </a>
    );
  }
  const near = { onPointerEnter: onNear, onFocus: onNear };
  return (
    <>
      <Button look="quiet" isBusy={isTesting} aria-label={`${words.test} ${name}`} onClick={() => void test()}>
        {isTesting ? words.testing : words.test}
      </Button>
      {mayConnect && status !== "valid" && (
        <Button
          {...near}
          look="quiet"
          isBusy={isConnecting}
          aria-label={`${words.reconnect} ${name}`}
          onClick={() => void reconnect()}
        >
          {words.reconnect}
        </Button>
      )}
      {mayConnect && (
        <Button
          {...near}
          look="quietDanger"
          aria-label={`${words.disconnect} ${name}`}
          onClick={() => onShow({ dialog: "disconnect", account })}
        >
          {words.disconnect}
        </Button>
      )}
    </>
  );
}
