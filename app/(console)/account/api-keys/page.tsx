import type { Metadata } from "next";
import { AccountFrame } from "#components/console/account-frame";
import { requireCurrentMember } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { KeysSection } from "../../keys-section";

export const generateMetadata = async (): Promise<Metadata> => {
  const { account } = (await getMessages()).text;
  return { title: `${account.keys} · ${account.title}` };
};

type AccountKeysPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AccountKeysPage({ searchParams }: AccountKeysPageProps) {
  const member = await requireCurrentMember("/account/api-keys");
  const { text } = await getMessages();
  const { risk, reminder, format } = text.keyNotices;
  const lead = <p className="px-4 pb-5 text-muted sm:px-6">{risk}</p>;
  return (
    <AccountFrame current="/account/api-keys" text={text.account}>
      <KeysSection member={member} path="/account/api-keys" params={searchParams} lead={lead} />
      <div className="mt-4 space-y-1 px-1 text-small text-muted">
        <p>{reminder}</p>
        <p>{format}</p>
      </div>
    </AccountFrame>
  );
}
