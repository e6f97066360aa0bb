import { headers } from "next/headers";
import { ApiKeys } from "#components/keys/api-keys";
import { KeyList } from "#components/keys/key-list";
import { toKeysText } from "#components/keys/keys-text";
import { OrganizationScope } from "#components/organizations/organization-scope";
import type { Elements } from "#components/ui/elements";
import { readVisitor } from "#lib/auth/read-visitor";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";
import { listKeys, selectKeys, toKeyQuery } from "#lib/keys/list-keys";
import { mayChangeKey } from "#lib/organizations/acts";
import { countMembers } from "#lib/organizations/list-members";
import type { Role } from "#lib/organizations/schema";
import { readSparklines } from "#lib/usage/read-usage";

type KeysSectionProps = {
  member: { organizationId: string; userId: string; role: Role };
  /** The path of the page that shows the section. */
  path: string;
  params: Promise<Record<string, string | string[] | undefined>>;
  lead?: Elements;
};

/** The organization's API keys with all their actions, the same on every page that shows them. */
export async function KeysSection({ member, path, params, lead }: KeysSectionProps) {
  const { organizationId } = member;
  const [keys, sparklines, members, { locale, text }, visitor] = await Promise.all([
    listKeys(organizationId),
    readSparklines(organizationId),
    countMembers(organizationId),
    getMessages(),
    headers(),
  ]);
  const query = toKeyQuery(await params);
  const { publicUrl, rateLimitPerMinute } = settings();
  return (
    <OrganizationScope id={organizationId}>
      <ApiKeys
        viewer={{ address: readVisitor(visitor).ipAddress, mostPerMinute: rateLimitPerMinute }}
        publicUrl={publicUrl}
        names={keys.map(({ name }) => name)}
        text={toKeysText(text)}
        lead={lead}
      >
        <KeyList
          selection={selectKeys(keys, query)}
          sparklines={sparklines}
          count={keys.length}
          organizationId={organizationId}
          changeable={new Set(keys.filter((key) => mayChangeKey(member, key)).map(({ id }) => id))}
          isShared={members > 1}
          query={query}
          path={path}
          locale={locale}
          text={text}
        />
      </ApiKeys>
    </OrganizationScope>
  );
}
