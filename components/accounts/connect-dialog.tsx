"use client";

import { useState } from "react";
import type { AccountsText } from "#components/accounts/accounts-text";
import { ChooseForm } from "#components/accounts/choose-form";
import { ConnectForm } from "#components/accounts/connect-form";
import { ContinueStep } from "#components/accounts/continue-step";
import { NetworkChoice } from "#components/accounts/network-choice";
import { OperatorStep } from "#components/accounts/operator-step";
import { ShownOnce } from "#components/accounts/shown-once";
import { Dialog } from "#components/ui/dialog";
import type { Account, AccountChoices, ConnectAnswer } from "#lib/accounts/schema";
import { fill } from "#lib/i18n/schema";
import type { Network } from "#lib/networks/schema";

type ConnectDialogProps = {
  networks: Network[];
  /** The preselected network. */
  initial: Network | undefined;
  /** What to choose from, for a user who comes back from the network's own page. */
  choices: AccountChoices | undefined;
  text: AccountsText;
  onConnected: (account: Account) => void;
  onClose: () => void;
};

/**
 * Connects an account: the choice of network, its form, and then values shown once, a link to the network's consent page, or
 * a choice among accounts. Where the operator has to do something first, it says what instead.
 */
export function ConnectDialog({ networks, initial, choices, text, onConnected, onClose }: ConnectDialogProps) {
  const [network, setNetwork] = useState(initial);
  const [answer, setAnswer] = useState<ConnectAnswer | undefined>(choices);
  const [isLeaving, setIsLeaving] = useState(false);
  const words = text.accounts.connecting;
  const isWaiting = network && network.missing_settings.length + network.unmet_needs.length > 0;
  const isShowing = answer && "shown" in answer;

  const accept = (made: ConnectAnswer) => {
    if ("authorization_url" in made || "choices" in made || made.shown) setAnswer(made);
    else onConnected(made);
  };
  const dismiss = () => {
    if (!isShowing) return onClose();
    // A slip must not lose values that are shown once: the first attempt to close asks, the second closes.
    if (isLeaving) return onConnected(answer);
    setIsLeaving(true);
  };
  const toTitle = () => {
    if (!network) return text.accounts.connect;
    if (isShowing) return fill(words.shownTitle, { network: network.label });
    return fill(words.title, { network: network.label });
  };

  return (
    <Dialog title={toTitle()} closeLabel={text.dialog.close} onDismiss={dismiss}>
      {!network && <NetworkChoice networks={networks} text={text} onChoose={setNetwork} />}
      {network && isWaiting && !answer && (
        <OperatorStep network={network} text={text} onBack={initial ? onClose : () => setNetwork(undefined)} />
      )}
      {network && !isWaiting && !answer && (
        <ConnectForm
          network={network}
          text={text}
          onAnswer={accept}
          onBack={initial ? onClose : () => setNetwork(undefined)}
        />
      )}
      {answer && "authorization_url" in answer && <ContinueStep url={answer.authorization_url} text={text} />}
      {answer && "choices" in answer && (
        <ChooseForm choices={answer} text={text} onChosen={onConnected} onCancel={onClose} />
      )}
      {network && isShowing && (
        <ShownOnce
          network={network.network}
          shown={answer.shown ?? {}}
          isLeaving={isLeaving}
          onLeave={() => setIsLeaving(true)}
          text={text}
          onDone={() => onConnected(answer)}
        />
      )}
    </Dialog>
  );
}
