import type { Metadata } from "next";
import { AccountFrame } from "#components/console/account-frame";
import { Avatar } from "#components/ui/avatar";
import { requireCurrentUser } from "#lib/auth/get-current-user";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.account.profile });

export default async function AccountPage() {
  const user = await requireCurrentUser("/account");
  const { text } = await getMessages();
  const facts = [
    { label: text.account.name, value: user.name },
    { label: text.account.email, value: user.email },
  ];
  return (
    <AccountFrame current="/account" text={text.account}>
      <div className="rounded-card border border-line bg-surface p-4 sm:p-6">
        <div className="flex flex-wrap items-center gap-5">
          <Avatar name={user.name ?? user.email} picture={user.picture} isLarge />
          <dl className="min-w-0 space-y-2">
            {facts.map(
              ({ label, value }) =>
                value && (
                  <div key={label}>
                    <dt className="text-small text-muted">{label}</dt>
                    <dd dir="auto" translate="no" className="font-medium">
                      {value}
                    </dd>
                  </div>
                ),
            )}
          </dl>
        </div>
        <p className="mt-5 border-t border-line pt-4 text-small text-muted">
          {settings().google ? text.account.source : text.account.standInSource}
        </p>
      </div>
    </AccountFrame>
  );
}
