import { PageFrame } from "#components/console/page-frame";
import { buttonClass } from "#components/ui/button";
import { findCurrentUser } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";

export default async function NotFoundPage() {
  const [user, { locale, text }] = await Promise.all([findCurrentUser(), getMessages()]);
  return (
    <PageFrame user={user} locale={locale} text={text}>
      <div className="mx-auto max-w-md py-16 text-center">
        <title>{`${text.notFound.title} · ${text.product.name}`}</title>
        <h1 className="text-title font-semibold tracking-tight">{text.notFound.title}</h1>
        <p className="mt-2 mb-6 text-muted">{text.notFound.lead}</p>
        <a href="/" className={buttonClass("primary")}>
          {text.notFound.home}
        </a>
      </div>
    </PageFrame>
  );
}
