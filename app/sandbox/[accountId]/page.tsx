import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageFrame } from "#components/console/page-frame";
import { PageTitle } from "#components/console/page-title";
import { SandboxFeed } from "#components/posts/sandbox-feed";
import { Notice } from "#components/ui/notice";
import { findShownOrganization, requireCurrentMemberOf } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { countUnread } from "#lib/notices/list-notices";
import { listSandboxFeed } from "#lib/posts/list-posts";
import { BelongsTo } from "../../(console)/belongs-to";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.sandbox.title });

export default async function SandboxPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId } = await params;
  const member = await requireCurrentMemberOf("accountId", accountId, `/sandbox/${encodeURIComponent(accountId)}`);
  const [posts, organization, unread, { locale, text }] = await Promise.all([
    listSandboxFeed(member.organizationId, accountId),
    findShownOrganization(),
    countUnread(member.userId),
    getMessages(),
  ]);
  if (!posts) notFound();
  return (
    <PageFrame user={member.user} organization={organization} unread={unread} locale={locale} text={text}>
      <div className="mx-auto max-w-2xl">
        <PageTitle title={text.sandbox.title} lead={text.sandbox.lead} />
        <BelongsTo member={member} />
        <Notice look="warn" className="mb-6">
          <p className="font-medium">{text.sandbox.notReal}</p>
        </Notice>
        <SandboxFeed posts={posts} text={text.sandbox} />
      </div>
    </PageFrame>
  );
}
