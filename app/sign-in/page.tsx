import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PageFrame } from "#components/console/page-frame";
import { SignInButton } from "#components/console/sign-in-button";
import { Notice } from "#components/ui/notice";
import { findCurrentUser } from "#lib/auth/get-current-user";
import { signInErrorSchema } from "#lib/auth/schema";
import { toLocalPath } from "#lib/auth/to-local-path";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.signIn.title });

type SignInPageProps = { searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const [{ callbackUrl, error }, user, { locale, text }] = await Promise.all([
    searchParams,
    findCurrentUser(),
    getMessages(),
  ]);
  const target = toLocalPath(callbackUrl);
  if (user) redirect(target === "/" ? "/settings" : target);
  const { signIn, problem } = text;
  const failure = error === undefined ? undefined : signInErrorSchema.catch("Failed").parse(error);
  return (
    <PageFrame user={null} locale={locale} text={text}>
      <div className="mx-auto mt-[8vh] max-w-sm rounded-card border border-line bg-surface p-6 sm:p-8">
        <h1 className="text-title font-semibold tracking-tight">{text.product.name}</h1>
        <p className="mt-2 mb-6 text-muted">{signIn.lead}</p>
        {failure && (
          <Notice look="bad" role="alert" className="mb-4">
            {signIn.errors[failure]}
          </Notice>
        )}
        <SignInButton
          wasRefused={failure === "NotAllowed"}
          locale={locale}
          callbackUrl={target}
          text={signIn}
          problemText={{ problem }}
        />
        {!settings().google && <p className="mt-4 text-small text-muted">{signIn.standIn}</p>}
      </div>
    </PageFrame>
  );
}
