import type { Metadata } from "next";
import { z } from "zod";
import { Accounts } from "#components/accounts/accounts";
import { toAccountsText } from "#components/accounts/accounts-text";
import { OrganizationScope } from "#components/organizations/organization-scope";
import { findChoices } from "#lib/accounts/choose-accounts";
import { listAccounts, listNetworks } from "#lib/accounts/get-account";
import { outcomeSchema } from "#lib/accounts/schema";
import { requireCurrentMember } from "#lib/auth/get-current-user";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";
import { mayAct } from "#lib/organizations/acts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.accounts.title });

type AccountsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AccountsPage({ searchParams }: AccountsPageProps) {
  const member = await requireCurrentMember("/accounts");
  const [{ accounts }, { locale, text }, query] = await Promise.all([
    listAccounts(member.organizationId),
    getMessages(),
    searchParams,
  ]);
  const choicesId = z.string().safeParse(query.choices).data;
  const choices = choicesId === undefined ? undefined : await findChoices(member, choicesId);
  return (
    <OrganizationScope id={member.organizationId}>
      <Accounts
        mayConnect={mayAct(member.role, "accounts.connect")}
        accounts={accounts}
        networks={listNetworks()}
        publicUrl={settings().publicUrl}
        choices={choices}
        outcome={outcomeSchema.safeParse(query.outcome).data}
        locale={locale}
        text={toAccountsText(text)}
      />
    </OrganizationScope>
  );
}
