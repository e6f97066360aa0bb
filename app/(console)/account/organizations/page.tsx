import type { Metadata } from "next";
import { AccountFrame } from "#components/console/account-frame";
import { Organizations } from "#components/organizations/organizations";
import { toOrganizationsText } from "#components/organizations/organizations-text";
import { requireCurrentMember } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { listLastOwned, listOrganizations } from "#lib/organizations/list-organizations";

export const generateMetadata = async (): Promise<Metadata> => {
  const { account } = (await getMessages()).text;
  return { title: `${account.organizations} · ${account.title}` };
};

export default async function OrganizationsPage() {
  const member = await requireCurrentMember("/account/organizations");
  const [{ organizations }, lastOwned, { text }] = await Promise.all([
    listOrganizations(member.userId, member.organizationId),
    listLastOwned(member.userId),
    getMessages(),
  ]);
  return (
    <AccountFrame current="/account/organizations" text={text.account}>
      <Organizations
        organizations={organizations}
        lastOwnedIds={lastOwned.map(({ id }) => id)}
        userId={member.userId}
        text={toOrganizationsText(text)}
      />
    </AccountFrame>
  );
}
