import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountFrame } from "#components/console/account-frame";
import { toInvitationsText } from "#components/invitations/invitations-text";
import { ReceivedInvitations } from "#components/invitations/received-invitations";
import { SentSection } from "#components/invitations/sent-section";
import { requireCurrentUser } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { listReceivedInvitations } from "#lib/invitations/list-invitations";
import { listSentInvitations } from "#lib/invitations/list-sent";

const PAGE_SIZE = 20;
const PATH = "/account/invitations";

export const generateMetadata = async (): Promise<Metadata> => {
  const { account } = (await getMessages()).text;
  return { title: `${account.invitations} · ${account.title}` };
};

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Both sides of invitations. Somebody who belongs to no organization yet stays so by looking at it. */
export default async function InvitationsPage({ searchParams }: Props) {
  const { organization, page: given } = await searchParams;
  const asked = typeof organization === "string" ? organization : undefined;
  const user = await requireCurrentUser(asked ? `${PATH}?${new URLSearchParams({ organization: asked })}` : PATH);
  const page = typeof given === "string" && /^[1-9]\d{0,3}$/.test(given) ? Number(given) : 1;
  const currentId = user.membership?.organizationId ?? null;
  const [received, sent, { text }] = await Promise.all([
    listReceivedInvitations(user.email),
    listSentInvitations(
      { userId: user.id, currentId, organizationId: asked },
      { skip: (page - 1) * PAGE_SIZE, take: PAGE_SIZE },
    ),
    getMessages(),
  ]);
  if (organization !== undefined && !sent) notFound();
  return (
    <AccountFrame current={PATH} text={text.account}>
      <ReceivedInvitations
        email={user.email}
        isNew={user.membership === null}
        initial={received}
        text={toInvitationsText(text)}
      />
      {sent && <SentSection {...sent} page={page} pageSize={PAGE_SIZE} text={toInvitationsText(text)} />}
    </AccountFrame>
  );
}
