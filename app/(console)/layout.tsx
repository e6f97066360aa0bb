import type { ReactNode } from "react";
import { PageFrame } from "#components/console/page-frame";
import { findCurrentUser } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";

/** The frame of the console. It shows who is signed in and protects nothing: each page asks for its user itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const [user, { locale, text }] = await Promise.all([findCurrentUser(), getMessages()]);
  return (
    <PageFrame user={user} locale={locale} text={text}>
      {children}
    </PageFrame>
  );
}
