import { PageTitle } from "#components/console/page-title";
import { TabLinks } from "#components/console/tab-links";
import type { Elements } from "#components/ui/elements";
import type { Messages } from "#lib/i18n/schema";

type AccountFrameProps = {
  current: "/account" | "/account/organizations" | "/account/security" | "/account/api-keys";
  text: Messages["account"];
  children: Elements;
};

/** Title and tabs of the account pages. */
export function AccountFrame({ current, text, children }: AccountFrameProps) {
  const tabs = [
    { href: "/account", name: text.profile },
    { href: "/account/organizations", name: text.organizations },
    { href: "/account/security", name: text.security },
    { href: "/account/api-keys", name: text.keys },
  ];
  return (
    <>
      <PageTitle title={text.title} lead={text.lead} />
      <TabLinks label={text.tabs} current={current} tabs={tabs} />
      {children}
    </>
  );
}
