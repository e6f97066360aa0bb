import type { Metadata } from "next";
import { NothingHere } from "#components/console/nothing-here";
import { PageFrame } from "#components/console/page-frame";
import { findCurrentUser, findShownOrganization } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { countUnread } from "#lib/notices/list-notices";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.notFound.title });

export default async function NotFoundPage() {
  const [user, organization, { locale, text }] = await Promise.all([
    findCurrentUser(),
    findShownOrganization(),
    getMessages(),
  ]);
  const unread = user ? await countUnread(user.id) : undefined;
  return (
    <PageFrame user={user} organization={organization} unread={unread} locale={locale} text={text}>
      <NothingHere text={text} />
    </PageFrame>
  );
}
