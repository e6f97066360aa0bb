import type { CurrentMember } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { fill } from "#lib/i18n/schema";
import { listOrganizations } from "#lib/organizations/list-organizations";

/** On the page of a thing: to which organization it belongs, when that is not the one that the header names. */
export async function BelongsTo({ member: { user, organizationId } }: { member: CurrentMember }) {
  if (!user.belongsToSeveral || organizationId === user.membership?.organizationId) return null;
  const [{ organizations }, { text }] = await Promise.all([listOrganizations(user.id, null), getMessages()]);
  const { name = "" } = organizations.find(({ id }) => id === organizationId) ?? {};
  return <p className="mb-4 rounded-control bg-sunken px-3.5 py-2.5">{fill(text.organizations.belongsTo, { name })}</p>;
}
