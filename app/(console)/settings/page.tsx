import type { Metadata } from "next";
import { PageTitle } from "#components/console/page-title";
import { ApiKeys } from "#components/keys/api-keys";
import { KeyGuide } from "#components/keys/key-guide";
import { toKeysText } from "#components/keys/keys-text";
import { SampleList } from "#components/keys/sample-list";
import { requireCurrentUser } from "#lib/auth/get-current-user";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";
import { listKeys } from "#lib/keys/list-keys";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.settings.title });

export default async function SettingsPage() {
  const user = await requireCurrentUser("/settings");
  const [keys, { text }] = await Promise.all([listKeys(user.id), getMessages()]);
  const { publicUrl } = settings();
  const { samples, copy, guide, docs } = text;
  return (
    <>
      <PageTitle title={text.settings.title} lead={text.settings.lead} />
      <ApiKeys initialKeys={keys} publicUrl={publicUrl} text={toKeysText(text)} />
      <SampleList publicUrl={publicUrl} text={{ samples, copy }} />
      <KeyGuide text={{ guide, docs }} />
    </>
  );
}
