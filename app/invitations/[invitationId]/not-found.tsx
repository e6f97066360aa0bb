import { PageFrame } from "#components/console/page-frame";
import { UseAnotherAccount } from "#components/invitations/use-another-account";
import { findCurrentUser } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { fill } from "#lib/i18n/schema";

/** The answer to everybody who cannot accept the invitation, whether or not there is one. */
export default async function NoInvitationHere() {
  const [user, { locale, text }] = await Promise.all([findCurrentUser(), getMessages()]);
  const { invitation, signIn, product, problem } = text;
  return (
    <PageFrame user={user} locale={locale} text={text}>
      <title>{`${invitation.notYoursTitle} · ${product.name}`}</title>
      <div className="mx-auto mt-[4vh] max-w-lg rounded-card border border-line bg-surface p-6 sm:p-8">
        <h1 className="text-title font-semibold tracking-tight">{invitation.notYoursTitle}</h1>
        <p className="mt-2 mb-6 wrap-anywhere text-muted">
          {fill(invitation.notYoursLead, { email: user?.email ?? "" })}
        </p>
        <UseAnotherAccount label={signIn.other} locale={locale} text={{ problem }} />
      </div>
    </PageFrame>
  );
}
