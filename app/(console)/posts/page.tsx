import type { Metadata } from "next";
import { OrganizationScope } from "#components/organizations/organization-scope";
import { toDraftOwner } from "#components/posts/kept-draft";
import { Posts } from "#components/posts/posts";
import { toPostsText } from "#components/posts/posts-text";
import { listAccounts, listNetworks } from "#lib/accounts/get-account";
import { requireCurrentMember } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { listPostDetails, readPostQuery, toSelection } from "#lib/posts/list-posts";

const PAGE_SIZE = 20;

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.posts.title });

type PostsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PostsPage({ searchParams }: PostsPageProps) {
  const member = await requireCurrentMember("/posts");
  const { filter, page, isUnderstood } = readPostQuery(await searchParams);
  const selection = toSelection(filter);
  const { locale, text } = await getMessages();
  const [list, { accounts }] = await Promise.all([
    listPostDetails(member.organizationId, selection, { skip: (page - 1) * PAGE_SIZE, take: PAGE_SIZE, locale }),
    listAccounts(member.organizationId),
  ]);
  return (
    <OrganizationScope id={member.organizationId}>
      <Posts
        owner={toDraftOwner(member.userId, member.organizationId)}
        initial={list}
        filter={filter}
        isUnderstood={isUnderstood}
        page={page}
        pageSize={PAGE_SIZE}
        accounts={accounts}
        labels={Object.fromEntries(listNetworks().map(({ network, label }) => [network, label]))}
        locale={locale}
        text={toPostsText(text)}
      />
    </OrganizationScope>
  );
}
