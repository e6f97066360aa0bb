"use client";

import { useEffect, useState } from "react";
import type { AccountsText } from "#components/accounts/accounts-text";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import type { Account, AccountDetail } from "#lib/accounts/schema";
import { fill } from "#lib/i18n/schema";

type DisconnectDialogProps = {
  account: Account;
  text: AccountsText;
  onDisconnected: (account: Account) => void;
  onClose: () => void;
};

/** Explains what disconnecting means for this account and for its waiting posts. */
export function DisconnectDialog({ account, text, onDisconnected, onClose }: DisconnectDialogProps) {
  const path = `/api/accounts/${account.account_id}`;
  const [waiting, setWaiting] = useState(0);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const words = text.accounts.disconnecting;

  useEffect(() => {
    const load = async () => setWaiting((await callApi<AccountDetail>("GET", path)).data?.waiting_posts ?? 0);
    void load();
  }, [path]);

  const disconnect = async () => {
    setIsBusy(true);
    const answer = await callApi("DELETE", path);
    setIsBusy(false);
    setProblem(answer.problem);
    if (!answer.problem) onDisconnected(account);
  };

  return (
    <Dialog
      title={fill(words.title, { name: account.username })}
      closeLabel={text.dialog.close}
      onDismiss={onClose}
      describedBy="disconnect-consequence"
    >
      <p id="disconnect-consequence">{words.consequence}</p>
      <p role="status" className="font-medium not-empty:mt-3">
        {waiting > 0 && fill(words.waiting, { count: waiting })}
      </p>
      <p className="mt-3 text-muted">{words.again}</p>
      <ProblemNote problem={problem} text={text} />
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onClose} data-autofocus>
          {words.cancel}
        </Button>
        <Button look="danger" isBusy={isBusy} onClick={() => void disconnect()}>
          {text.accounts.disconnect}
        </Button>
      </div>
    </Dialog>
  );
}
