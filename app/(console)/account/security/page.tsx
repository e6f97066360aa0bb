import type { Metadata } from "next";
import { AccountFrame } from "#components/console/account-frame";
import { SessionsList } from "#components/sessions/sessions-list";
import { requireCurrentUser } from "#lib/auth/get-current-user";
import { listSessions } from "#lib/auth/list-sessions";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.account.security });

export default async function SecurityPage() {
  const user = await requireCurrentUser("/account/security");
  const [sessions, { text }] = await Promise.all([listSessions(user.id, user.sessionId), getMessages()]);
  const { security, dialog, problem, sentences } = text;
  return (
    <AccountFrame current="/account/security" text={text.account}>
      <SessionsList initialSessions={sessions} text={{ security, dialog, problem, sentences }} />
    </AccountFrame>
  );
}
