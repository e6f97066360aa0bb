import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DeliveryLog } from "#components/webhooks/delivery-log";
import { toHost } from "#components/webhooks/to-host";
import { WebhookFrame } from "#components/webhooks/webhook-frame";
import { findOrganizationOf, requireCurrentMemberOf } from "#lib/auth/get-current-user";
import { ApiError } from "#lib/errors";
import { toPageRange } from "#lib/http/list-envelope";
import { getMessages } from "#lib/i18n/get-messages";
import type { Locale } from "#lib/i18n/schema";
import { mayAct } from "#lib/organizations/acts";
import { listDeliveries } from "#lib/webhooks/list-deliveries";
import { getWebhook } from "#lib/webhooks/list-webhooks";
import { BelongsTo } from "../../../belongs-to";

const PAGE_SIZE = 20;

type WebhookPageProps = {
  params: Promise<{ webhookId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async ({ params }: WebhookPageProps): Promise<Metadata> => {
  const [{ webhookId }, { text }] = await Promise.all([params, getMessages()]);
  const organizationId = await findOrganizationOf("webhookId", webhookId);
  const webhook = organizationId && (await getWebhook(organizationId, webhookId).catch(() => null));
  return { title: webhook ? `${text.webhooks.deliveries} · ${toHost(webhook)}` : text.notFound.title };
};

export default async function WebhookPage({ params, searchParams }: WebhookPageProps) {
  const { webhookId } = await params;
  const member = await requireCurrentMemberOf(
    "webhookId",
    webhookId,
    `/settings/webhooks/${encodeURIComponent(webhookId)}`,
  );
  const { page = "1" } = await searchParams;
  const { locale, text } = await getMessages();
  const read = await readLog(member.organizationId, webhookId, String(page), locale);
  return (
    <WebhookFrame webhook={read.webhook} text={text.webhooks}>
      <BelongsTo member={member} />
      <DeliveryLog
        {...read}
        mayReplay={mayAct(member.role, "webhooks.change")}
        page={Number(page)}
        pageSize={PAGE_SIZE}
        locale={locale}
        text={text}
      />
    </WebhookFrame>
  );
}

// Turns the API's 404 into a not-found page.
async function readLog(organizationId: string, webhookId: string, page: string, locale: Locale) {
  try {
    const range = toPageRange({ page, page_size: String(PAGE_SIZE) });
    const [webhook, log] = await Promise.all([
      getWebhook(organizationId, webhookId),
      listDeliveries(organizationId, webhookId, { ...range, locale }),
    ]);
    if (range.skip > 0 && log.deliveries.length === 0) notFound();
    return { webhook, ...log };
  } catch (error) {
    if (error instanceof ApiError && error.code === "NotFound") notFound();
    throw error;
  }
}
