import type { Metadata } from "next";
import { PageTitle } from "#components/console/page-title";
import { ApiKeys } from "#components/keys/api-keys";
import { CodeSamples } from "#components/keys/code-samples";
import { KeyGuide } from "#components/keys/key-guide";
import { toKeysText } from "#components/keys/keys-text";
import { requireCurrentUser } from "#lib/auth/get-current-user";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";
import { listKeys } from "#lib/keys/list-keys";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.settings.title });

export default async function SettingsPage() {
  const user = await requireCurrentUser("/settings");
  const [keys, { text }] = await Promise.all([listKeys(user.id), getMessages()]);
  const { publicUrl } = settings();
  const { samples, copy } = text;
  return (
    <>
      <PageTitle title={text.settings.title} lead={text.settings.lead} />
      <ApiKeys initialKeys={keys} publicUrl={publicUrl} text={toKeysText(text)} />
      <section aria-labelledby="samples" className="mt-10">
        <h2 id="samples" className="text-head font-semibold">
          {samples.title}
        </h2>
        <p className="mb-3 text-muted">{samples.lead}</p>
        <div className="rounded-card border border-line bg-surface p-4 sm:p-6">
          <CodeSamples publicUrl={publicUrl} text={{ samples, copy }} />
        </div>
      </section>
      <KeyGuide text={text.guide} />
    </>
  );
}
