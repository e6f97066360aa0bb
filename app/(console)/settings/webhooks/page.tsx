import type { Metadata } from "next";
import { Webhooks } from "#components/webhooks/webhooks";
import { toWebhooksText } from "#components/webhooks/webhooks-text";
import { requireCurrentMember } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { listWebhooks } from "#lib/webhooks/list-webhooks";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.webhooks.title });

export default async function WebhooksPage() {
  const member = await requireCurrentMember("/settings/webhooks");
  const [webhooks, { text }] = await Promise.all([listWebhooks(member.organizationId), getMessages()]);
  return <Webhooks webhooks={webhooks} text={toWebhooksText(text)} />;
}
