"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useState, useTransition } from "react";
import { AccountActions } from "#components/accounts/account-actions";
import { AccountCard } from "#components/accounts/account-card";
import type { OpenDialog } from "#components/accounts/account-dialogs";
import type { AccountsText } from "#components/accounts/accounts-text";
import { Button } from "#components/ui/button";
import { Toast, type ToastMessage } from "#components/ui/toast";
import type { Account, AccountChoices, Outcome } from "#lib/accounts/schema";
import { fill, type Locale } from "#lib/i18n/schema";
import type { Network } from "#lib/networks/schema";

// Most visits only read the page, so dialogs load when the pointer or the focus comes near their button.
const AccountDialogs = lazy(() =>
  import("#components/accounts/account-dialogs").then(({ AccountDialogs }) => ({ default: AccountDialogs })),
);
const prepare = () => void import("#components/accounts/account-dialogs").catch(() => {});

type AccountsProps = {
  mayConnect: boolean;
  accounts: Account[];
  networks: Network[];
  publicUrl: string;
  /** The result of connecting, when the user returns from a network's own page. */
  outcome: Outcome | undefined;
  /** The accounts to choose from then. */
  choices: AccountChoices | undefined;
  locale: Locale;
  text: AccountsText;
};

/** The organization's social accounts with all their actions. */
export function Accounts({ mayConnect, accounts, networks, publicUrl, outcome, choices, locale, text }: AccountsProps) {
  const router = useRouter();
  const [open, setOpen] = useState<OpenDialog | undefined>(choices && { dialog: "choose", choices });
  const [isOpening, startOpening] = useTransition();
  const [toast, setToast] = useState<ToastMessage>();
  const words = text.accounts;

  useEffect(() => {
    if (!outcome) return;
    history.replaceState(null, "", location.pathname);
    // Nothing is said without choices either: the page may be rendered again after one was made.
    if (outcome === "choose") return;
    setToast({ look: outcome === "connected" ? "good" : "bad", content: words.outcomes[outcome] });
  }, [outcome, words]);

  const show = (dialog: OpenDialog) => {
    setToast(undefined);
    startOpening(() => setOpen(dialog));
  };
  const finish = (content: string) => {
    setOpen(undefined);
    setToast({ look: "good", content });
    router.refresh();
  };
  const connect = mayConnect && (
    <Button
      look="primary"
      isBusy={isOpening}
      onClick={() => show({ dialog: "connect" })}
      onPointerEnter={prepare}
      onFocus={prepare}
      className="max-sm:w-full"
    >
      {words.connect}
    </Button>
  );
  const isBuiltIn = (account: Account) => findNetwork(networks, account)?.is_built_in === true;
  return (
    <>
      <div className="mb-8 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-title font-semibold tracking-tight">{words.title}</h1>
          <p className="mt-1 text-muted">{words.lead}</p>
        </div>
        {connect}
      </div>
      {accounts.every(isBuiltIn) && (
        <div className="mb-4 rounded-card border border-line px-6 py-10 text-center">
          <p className="font-medium">{words.emptyTitle}</p>
          <p className="mx-auto mt-1 max-w-md text-muted">{mayConnect ? words.emptyLead : words.adminsConnect}</p>
        </div>
      )}
      <ul className="space-y-4">
        {accounts.map((account) => (
          <AccountCard
            key={account.account_id}
            account={account}
            label={findNetwork(networks, account)?.label ?? account.social_channel_type}
            publicUrl={publicUrl}
            locale={locale}
            text={text}
          >
            <AccountActions
              account={account}
              network={findNetwork(networks, account)}
              mayConnect={mayConnect}
              text={text}
              onNear={prepare}
              onShow={show}
              onSay={setToast}
            />
          </AccountCard>
        ))}
      </ul>
      <Suspense>
        {open && (
          <AccountDialogs
            open={open}
            networks={networks}
            text={text}
            onClose={() => setOpen(undefined)}
            onConnected={(account) => finish(fill(words.wasConnected, { name: account.username }))}
            onDisconnected={(account) => finish(fill(words.wasDisconnected, { name: account.username }))}
          />
        )}
      </Suspense>
      <Toast message={toast} dismissLabel={text.problem.dismiss} onDismiss={() => setToast(undefined)} />
    </>
  );
}

function findNetwork(networks: Network[], account: Account): Network | undefined {
  return networks.find(({ network }) => network === account.social_channel_type);
}
