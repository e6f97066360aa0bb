import type { Metadata } from "next";
import { AccountFrame } from "#components/console/account-frame";
import { Avatar } from "#components/ui/avatar";
import { buttonClass } from "#components/ui/button";
import type { Elements } from "#components/ui/elements";
import { DeleteAccount } from "#components/users/delete-account";
import { PreferencesForm } from "#components/users/preferences-form";
import { requireCurrentUser } from "#lib/auth/get-current-user";
import { listZones } from "#lib/calendar/list-zones";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";
import { previewDeletion } from "#lib/users/preview-deletion";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.account.profile });

export default async function AccountPage() {
  const user = await requireCurrentUser("/account");
  const [{ text }, preview] = await Promise.all([getMessages(), previewDeletion(user.id)]);
  const { profile, problem, dialog } = text;
  const own = { profile, problem, dialog };
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
      <Part id="preferences" title={profile.preferences} lead={profile.preferencesLead}>
        <PreferencesForm locale={user.locale} timeZone={user.timeZone} zones={listZones(user.timeZone)} text={own} />
      </Part>
      <Part id="data" title={profile.data} lead={profile.dataLead}>
        <a href="/api/user/export" download="" className={`${buttonClass()} max-sm:w-full`}>
          {profile.download}
        </a>
      </Part>
      <Part id="delete" title={profile.delete} lead={profile.deleteLead}>
        <DeleteAccount email={user.email} preview={preview} text={own} />
      </Part>
    </AccountFrame>
  );
}

type PartProps = { id: string; title: string; lead: string; children: Elements };

function Part({ id, title, lead, children }: PartProps) {
  return (
    <section aria-labelledby={id} className="mt-8 rounded-card border border-line bg-surface p-4 sm:p-6">
      <h2 id={id} className="text-head font-semibold">
        {title}
      </h2>
      <p className="mb-4 text-muted">{lead}</p>
      {children}
    </section>
  );
}
