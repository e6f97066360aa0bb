import type { Metadata } from "next";
import { AccountFrame } from "#components/console/account-frame";
import { ApiKeys } from "#components/keys/api-keys";
import { toKeysText } from "#components/keys/keys-text";
import { requireCurrentUser } from "#lib/auth/get-current-user";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";
import { listKeys } from "#lib/keys/list-keys";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.account.keys });

export default async function AccountKeysPage() {
  const user = await requireCurrentUser("/account/api-keys");
  const [keys, { text }] = await Promise.all([listKeys(user.id), getMessages()]);
  const { risk, reminder, format } = text.notices;
  return (
    <AccountFrame current="/account/api-keys" text={text.account}>
      <ApiKeys initialKeys={keys} publicUrl={settings().publicUrl} text={toKeysText(text)}>
        <p className="px-4 pb-5 text-muted sm:px-6">{risk}</p>
      </ApiKeys>
      <div className="mt-4 space-y-1 px-1 text-small text-muted">
        <p>{reminder}</p>
        <p>{format}</p>
      </div>
    </AccountFrame>
  );
}
