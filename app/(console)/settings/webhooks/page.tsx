import type { Metadata } from "next";
import { OrganizationScope } from "#components/organizations/organization-scope";
import { Webhooks } from "#components/webhooks/webhooks";
import { toWebhooksText } from "#components/webhooks/webhooks-text";
import { requireCurrentMember } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { mayAct } from "#lib/organizations/acts";
import { listWebhooks } from "#lib/webhooks/list-webhooks";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.webhooks.title });

export default async function WebhooksPage() {
  const member = await requireCurrentMember("/settings/webhooks");
  const [webhooks, { text }] = await Promise.all([listWebhooks(member.organizationId), getMessages()]);
  return (
    <OrganizationScope id={member.organizationId}>
      <Webhooks webhooks={webhooks} mayChange={mayAct(member.role, "webhooks.change")} text={toWebhooksText(text)} />
    </OrganizationScope>
  );
}
