import type { Metadata } from "next";
import { PageFrame } from "#components/console/page-frame";
import { buttonClass } from "#components/ui/button";
import { findCurrentUser } from "#lib/auth/get-current-user";
import { toLocalPath } from "#lib/auth/to-local-path";
import { getMessages } from "#lib/i18n/get-messages";
import { fill } from "#lib/i18n/schema";

const REQUEST_ID = /^[0-9a-f-]{36}$/;

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.failure.title });

type TroublePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The error page to which a failed navigation redirects, when its address has no page of its own. */
export default async function TroublePage({ searchParams }: TroublePageProps) {
  const [{ back, id }, user, { locale, text }] = await Promise.all([
    searchParams,
    findCurrentUser().catch(() => null),
    getMessages(),
  ]);
  const { failure } = text;
  const reference = typeof id === "string" && REQUEST_ID.test(id) ? id : undefined;
  return (
    <PageFrame user={user} locale={locale} text={text}>
      <div className="mx-auto max-w-md py-16 text-center">
        <h1 className="text-title font-semibold tracking-tight">{failure.title}</h1>
        <p className="mt-2 text-muted">{reference ? failure.lead : failure.leadWithoutReference}</p>
        {reference && (
          <p translate="no" className="mt-4 font-mono text-small wrap-anywhere text-muted">
            {fill(failure.reference, { digest: reference })}
          </p>
        )}
        <a href={toLocalPath(back)} className={`${buttonClass("primary")} mt-6`}>
          {failure.home}
        </a>
      </div>
    </PageFrame>
  );
}
