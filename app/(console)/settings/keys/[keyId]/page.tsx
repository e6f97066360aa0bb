import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { KeyActions } from "#components/keys/key-actions";
import { KeyFacts } from "#components/keys/key-facts";
import { KeyFrame } from "#components/keys/key-frame";
import { KeyNotices } from "#components/keys/key-notices";
import { KeySettingsForm } from "#components/keys/key-settings-form";
import { toKeysText } from "#components/keys/keys-text";
import { requireCurrentMemberOf } from "#lib/auth/get-current-user";
import { readVisitor } from "#lib/auth/read-visitor";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";
import { isAddressAllowed } from "#lib/keys/is-address-allowed";
import { findKey } from "#lib/keys/list-keys";
import { mayChangeKey } from "#lib/organizations/acts";
import { countMembers } from "#lib/organizations/list-members";
import { BelongsTo } from "../../../belongs-to";
import { type KeyParams, toKeyMetadata } from "./to-key-metadata";

export const generateMetadata = (props: KeyParams) => toKeyMetadata(props, ({ keyPage }) => keyPage.title);

export default async function KeyPage({ params }: KeyParams) {
  const { keyId } = await params;
  const member = await requireCurrentMemberOf("keyId", keyId, `/settings/keys/${encodeURIComponent(keyId)}`);
  const [key, members, { locale, text }, visitor] = await Promise.all([
    findKey(member.organizationId, keyId),
    countMembers(member.organizationId),
    getMessages(),
    headers(),
  ]);
  if (!key) notFound();
  const mayChange = mayChangeKey(member, key);
  const { publicUrl, rateLimitPerMinute } = settings();
  const { last_used_address: lastAddress, allowed_addresses: allowed } = key;
  const isLastAddressExcluded = lastAddress !== null && !isAddressAllowed(lastAddress, allowed);
  const viewer = { address: readVisitor(visitor).ipAddress, mostPerMinute: rateLimitPerMinute };
  return (
    <KeyFrame apiKey={key} current="" text={text}>
      <BelongsTo member={member} />
      <KeyNotices
        apiKey={key}
        mayChange={mayChange}
        isLastAddressExcluded={isLastAddressExcluded}
        locale={locale}
        text={toKeysText(text)}
        page={text.keyPage}
      />
      <KeyFacts apiKey={key} isShared={members > 1} text={text} />
      <KeyActions apiKey={key} mayChange={mayChange} publicUrl={publicUrl} text={toKeysText(text)} />
      <KeySettingsForm
        // Rotating or ending a key changes its expiry outside the form, so the form must be remounted.
        key={JSON.stringify([key.replaced_by, key.status === "expired"])}
        apiKey={key}
        mayChange={mayChange}
        lastAddress={isLastAddressExcluded ? undefined : (lastAddress ?? undefined)}
        viewer={viewer}
        text={toKeysText(text)}
        page={text.keyPage}
      />
    </KeyFrame>
  );
}
