import type { Metadata } from "next";
import { Activity } from "#components/audit/activity";
import { AccountFrame } from "#components/console/account-frame";
import { SessionsList } from "#components/sessions/sessions-list";
import { listAuditEvents } from "#lib/audit/list-audit-events";
import { listAuditKeys } from "#lib/audit/list-audit-keys";
import { readAuditQuery } from "#lib/audit/read-audit-query";
import { requireCurrentUser } from "#lib/auth/get-current-user";
import { listSessions } from "#lib/auth/list-sessions";
import { getMessages } from "#lib/i18n/get-messages";

const PAGE_SIZE = 20;

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.account.security });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SecurityPage({ searchParams }: Props) {
  const user = await requireCurrentUser("/account/security");
  const query = readAuditQuery(await searchParams);
  const range = { skip: (query.page - 1) * PAGE_SIZE, take: PAGE_SIZE };
  const [sessions, log, keys, { text }] = await Promise.all([
    listSessions(user.id, user.sessionId),
    listAuditEvents(user.id, query.filter, range),
    listAuditKeys(user.id),
    getMessages(),
  ]);
  const { security, dialog, problem } = text;
  return (
    <AccountFrame current="/account/security" text={text.account}>
      <SessionsList initialSessions={sessions} text={{ security, dialog, problem }} />
      <Activity {...query} {...log} pageSize={PAGE_SIZE} keys={keys} text={text} />
    </AccountFrame>
  );
}
