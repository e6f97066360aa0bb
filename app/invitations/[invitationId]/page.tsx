import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageFrame } from "#components/console/page-frame";
import { SignInButton } from "#components/console/sign-in-button";
import { InvitationCard } from "#components/invitations/invitation-card";
import { toInvitationsText } from "#components/invitations/invitations-text";
import { findCurrentUser } from "#lib/auth/get-current-user";
import { toLocalPath } from "#lib/auth/to-local-path";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";
import { findReceivedInvitation } from "#lib/invitations/list-invitations";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.invitation.title });

/**
 * The page that the link of an invitation leads to. Before the sign-in it looks nothing up, so it is the same for every id.
 * Afterwards it shows the invitation to its addressee alone. It changes nothing, and creates nothing for the visitor.
 */
export default async function InvitationPage({ params }: { params: Promise<{ invitationId: string }> }) {
  const [{ invitationId }, user, { locale, text }] = await Promise.all([params, findCurrentUser(), getMessages()]);
  const invitation = user && (await findReceivedInvitation(user.email, invitationId));
  if (user && !invitation) notFound();
  const { signIn, problem } = text;
  return (
    <PageFrame user={user} locale={locale} text={text}>
      <div className="mx-auto mt-[4vh] max-w-lg rounded-card border border-line bg-surface p-6 sm:p-8">
        {invitation ? (
          <InvitationCard invitation={invitation} text={{ ...toInvitationsText(text), invitation: text.invitation }} />
        ) : (
          <>
            <h1 className="text-title font-semibold tracking-tight">{text.invitation.strangerTitle}</h1>
            <p className="mt-2 mb-6 text-muted">{text.invitation.strangerLead}</p>
            <SignInButton
              wasRefused={false}
              locale={locale}
              callbackUrl={toLocalPath(`/invitations/${invitationId}`)}
              text={signIn}
              problemText={{ problem }}
            />
            {!settings().google && <p className="mt-4 text-small text-muted">{signIn.standIn}</p>}
          </>
        )}
      </div>
    </PageFrame>
  );
}
