import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { AccountFrame } from "#components/console/account-frame";
import { DeleteOrganization } from "#components/organizations/delete-organization";
import { Members } from "#components/organizations/members";
import { OrganizationHead } from "#components/organizations/organization-head";
import { toOrganizationsText } from "#components/organizations/organizations-text";
import { findCurrentUser, requireCurrentUser } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { mayAct, mayManage } from "#lib/organizations/acts";
import { listMembers } from "#lib/organizations/list-members";
import { listOrganizations } from "#lib/organizations/list-organizations";
import { MAX_MEMBERS } from "#lib/organizations/schema";

type OrganizationPageProps = { params: Promise<{ organizationId: string }> };

// The page and its title ask for it at the same time.
const findOrganization = cache(async (id: string) => {
  const user = await findCurrentUser();
  if (!user) return undefined;
  const { organizations } = await listOrganizations(user.id, user.membership?.organizationId ?? null);
  return organizations.find((organization) => organization.id === id.toLowerCase());
});

export const generateMetadata = async ({ params }: OrganizationPageProps): Promise<Metadata> => {
  const [{ organizationId }, { text }] = await Promise.all([params, getMessages()]);
  const organization = await findOrganization(organizationId);
  return { title: organization ? `${organization.name} · ${text.account.organizations}` : text.notFound.title };
};

export default async function OrganizationPage({ params }: OrganizationPageProps) {
  const { organizationId } = await params;
  const user = await requireCurrentUser(`/account/organizations/${encodeURIComponent(organizationId)}`);
  const organization = (await findOrganization(organizationId)) ?? notFound();
  const { id, role } = organization;
  const [{ members }, { text: all }] = await Promise.all([
    listMembers(id, { skip: 0, take: MAX_MEMBERS }),
    getMessages(),
  ]);
  const text = toOrganizationsText(all);
  const mayRemove = (other: (typeof members)[number]) =>
    mayAct(role, "members.remove") && mayManage(role, other.role) && other.id !== user.id;
  return (
    <AccountFrame current="/account/organizations" text={all.account}>
      <OrganizationHead organization={organization} mayRename={mayAct(role, "organization.rename")} text={text} />
      <Members
        organization={organization}
        members={members.map((member) => ({ ...member, mayRemove: mayRemove(member) }))}
        userId={user.id}
        mayInvite={mayAct(role, "members.invite")}
        mayAppoint={mayAct(role, "members.appoint")}
        text={text}
      />
      {mayAct(role, "organization.delete") && <DeleteOrganization organization={organization} text={text} />}
    </AccountFrame>
  );
}
