import type { Metadata } from "next";
import { Activity } from "#components/audit/activity";
import { TellZone } from "#components/calendar/tell-zone";
import { AccountFrame } from "#components/console/account-frame";
import { OrganizationScope } from "#components/organizations/organization-scope";
import { SessionsList } from "#components/sessions/sessions-list";
import { listAuditEvents, listAuditKeys, readAuditQuery } from "#lib/audit/list-audit-events";
import { requireCurrentMember } from "#lib/auth/get-current-user";
import { listSessions } from "#lib/auth/sessions";
import { getTimeZone } from "#lib/calendar/get-time-zone";
import { toMoments } from "#lib/calendar/zoned-days";
import { getMessages } from "#lib/i18n/get-messages";
import { countMembers } from "#lib/organizations/list-members";

const PAGE_SIZE = 20;

export const generateMetadata = async (): Promise<Metadata> => {
  const { account } = (await getMessages()).text;
  return { title: `${account.security} · ${account.title}` };
};

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SecurityPage({ searchParams }: Props) {
  const member = await requireCurrentMember("/account/security");
  const query = readAuditQuery(await searchParams);
  const zone = await getTimeZone();
  const exact = { ...query.filter, ...toMoments(query.filter, zone) };
  const range = { skip: (query.page - 1) * PAGE_SIZE, take: PAGE_SIZE };
  const [sessions, log, keys, members, { text }] = await Promise.all([
    listSessions(member.userId, member.user.sessionId),
    listAuditEvents(member, exact, range),
    listAuditKeys(member.organizationId),
    countMembers(member.organizationId),
    getMessages(),
  ]);
  const { security, dialog, problem } = text;
  return (
    <AccountFrame current="/account/security" text={text.account}>
      <SessionsList initialSessions={sessions} text={{ security, dialog, problem }} />
      <TellZone isShown />
      <OrganizationScope id={member.organizationId}>
        <Activity
          {...query}
          {...log}
          organizationId={member.organizationId}
          isShared={members > 1}
          exact={exact}
          pageSize={PAGE_SIZE}
          keys={keys}
          text={text}
        />
      </OrganizationScope>
    </AccountFrame>
  );
}
