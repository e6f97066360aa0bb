import type { Metadata } from "next";
import { PageTitle } from "#components/console/page-title";
import { SeeAlso } from "#components/docs/see-also";
import { KeyGuide } from "#components/keys/key-guide";
import { requireCurrentMember } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { KeysSection } from "../keys-section";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.settings.title });

type SettingsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SettingsPage({ searchParams }: SettingsPageProps) {
  const member = await requireCurrentMember("/settings");
  const { text } = await getMessages();
  const { samples, guide, docs } = text;
  return (
    <>
      <PageTitle title={text.settings.title} lead={text.settings.lead} />
      <KeysSection member={member} path="/settings" params={searchParams} />
      <div className="mt-4">
        <SeeAlso href="/settings/webhooks">{text.webhooks.link}</SeeAlso>
      </div>
      <KeyGuide text={{ samples, guide, docs }} />
    </>
  );
}
