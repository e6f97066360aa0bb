import type { ReactNode } from "react";
import { PageFrame } from "#components/console/page-frame";
import { LeakBanner } from "#components/leaks/leak-banner";
import { findCurrentUser, findShownOrganization } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { listOpenLeaks } from "#lib/leaks/list-open-leaks";
import { countUnread } from "#lib/notices/list-notices";

/**
 * The frame of the console. It shows the signed-in user and warns of leaked keys, but it protects nothing: each page
 * requires its user itself.
 */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const [user, organization, { locale, text }] = await Promise.all([
    findCurrentUser(),
    findShownOrganization(),
    getMessages(),
  ]);
  const [leaks, unread] = await Promise.all([
    user?.membership ? listOpenLeaks(user.membership.organizationId) : [],
    user ? countUnread(user.id) : 0,
  ]);
  return (
    <PageFrame user={user} organization={organization} unread={unread} locale={locale} text={text}>
      <LeakBanner leaks={leaks} text={text.leak} />
      <div>{children}</div>
    </PageFrame>
  );
}
