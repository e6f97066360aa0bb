import type { AccountsText } from "#components/accounts/accounts-text";
import { buttonClass } from "#components/ui/button";
import { fill } from "#lib/i18n/schema";

// The pressed button is gone, so the link takes the focus. Defined outside the component, so that React calls it only once.
const focus = (link: HTMLAnchorElement | null): void => link?.focus();

/** Tells the user where to give consent, and links there. */
export function ContinueStep({ url, text }: { url: string; text: AccountsText }) {
  const { host } = new URL(url);
  const words = text.accounts.connecting;
  return (
    <>
      <p role="status">{fill(words.agree, { host })}</p>
      <div className="mt-6 flex justify-end">
        <a href={url} ref={focus} className={buttonClass("primary")}>
          {fill(words.continue, { host })}
        </a>
      </div>
    </>
  );
}
