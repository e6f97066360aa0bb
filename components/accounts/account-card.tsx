"use client";

import { type ReactNode, useId, useRef } from "react";
import { AccountHealth } from "#components/accounts/account-health";
import { AccountLimits } from "#components/accounts/account-limits";
import type { AccountsText } from "#components/accounts/accounts-text";
import { toCurlLine } from "#components/accounts/to-curl-line";
import { CodeSample } from "#components/keys/code-sample";
import { CopyButton } from "#components/ui/copy-button";
import { Disclosure } from "#components/ui/disclosure";
import { ExactTime } from "#components/ui/exact-time";
import type { Account } from "#lib/accounts/schema";
import type { Locale } from "#lib/i18n/schema";

type AccountCardProps = {
  account: Account;
  /** The network's display name. */
  label: string;
  publicUrl: string;
  locale: Locale;
  text: AccountsText;
  /** The account's actions. */
  children: ReactNode;
};

/** One account: its owner on the network, its health, its limits, and a command that posts to it. */
export function AccountCard({ account, label, publicUrl, locale, text, children }: AccountCardProps) {
  const titleId = useId();
  const { account_id: id, display_name: name, username, status, expires_at: expiresAt } = account;
  return (
    <li aria-labelledby={titleId} className="rounded-card border border-line bg-surface">
      <div className="space-y-4 p-4 sm:px-6 sm:py-5">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            {label !== name && (
              <p translate="no" className="text-small text-muted">
                {label}
              </p>
            )}
            <h2 id={titleId} className="text-head font-semibold wrap-anywhere">
              <bdi translate="no">{name}</bdi>
            </h2>
            {username.toLowerCase() !== name.toLowerCase() && (
              <p translate="no" className="text-muted wrap-anywhere">
                {username}
              </p>
            )}
          </div>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-muted">
            <AccountHealth status={status} text={text.accounts} />
            {expiresAt && (
              <span>
                <span className="mr-1">{text.accounts.expires}</span>
                <ExactTime at={expiresAt} />
              </span>
            )}
          </div>
        </div>
        {status === "revoked" && <p className="text-bad">{text.accounts.revokedLead}</p>}
        <AccountLimits capabilities={account.capabilities} locale={locale} text={text.accounts} />
        <AccountId id={id} text={text} />
        <div className="-mx-3.5 flex flex-wrap gap-y-1">{children}</div>
      </div>
      <div className="border-t border-line">
        <Disclosure title={text.accounts.curl}>
          <p className="text-muted">{text.accounts.curlLead}</p>
          <CodeSample code={toCurlLine(publicUrl, id)} text={text} />
        </Disclosure>
      </div>
    </li>
  );
}

function AccountId({ id, text }: { id: string; text: AccountsText }) {
  const source = useRef<HTMLElement>(null);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <code translate="no" ref={source} className="font-mono text-small wrap-anywhere">
        {id}
      </code>
      <CopyButton label={text.accounts.copyId} value={id} source={source} text={text.copy} />
    </div>
  );
}
