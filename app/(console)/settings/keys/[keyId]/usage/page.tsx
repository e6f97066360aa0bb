import { notFound } from "next/navigation";
import { KeyFrame } from "#components/keys/key-frame";
import { LinkRow } from "#components/usage/link-row";
import { NoRequests } from "#components/usage/no-requests";
import { periodName } from "#components/usage/period-name";
import { RecentRequests } from "#components/usage/recent-requests";
import { UsageChart } from "#components/usage/usage-chart";
import { toSelectionHref, type UsageSelection, usageSelectionSchema } from "#components/usage/usage-selection";
import { requireCurrentMemberOf } from "#lib/auth/get-current-user";
import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import { toPageRange } from "#lib/http/list-envelope";
import { getMessages } from "#lib/i18n/get-messages";
import { getKey } from "#lib/keys/list-keys";
import { listRequests, readUsage } from "#lib/usage/read-usage";
import { PERIODS } from "#lib/usage/schema";
import { BelongsTo } from "../../../../belongs-to";
import { type KeyParams, toKeyMetadata } from "../to-key-metadata";

type UsagePageProps = {
  params: Promise<{ keyId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = (props: KeyParams) => toKeyMetadata(props, ({ usage }) => usage.title);

export default async function UsagePage({ params, searchParams }: UsagePageProps) {
  const { keyId } = await params;
  const member = await requireCurrentMemberOf("keyId", keyId, `/settings/keys/${encodeURIComponent(keyId)}/usage`);
  const selection = usageSelectionSchema.parse(await searchParams);
  const { locale, text } = await getMessages();
  const { key, usage, requests, pages } = await read(member.organizationId, keyId, selection);
  const { usageRetentionDays: retentionDays } = settings();
  const periods = PERIODS.map((period) => ({
    name: periodName(period, text.usage),
    href: toSelectionHref(selection, { period }),
    isCurrent: period === selection.period,
  }));
  return (
    <KeyFrame apiKey={key} current="/usage" text={text}>
      <BelongsTo member={member} />
      {pages === 0 && !selection.show ? (
        <NoRequests isOff={retentionDays === 0} text={text.usage} />
      ) : (
        <div className="space-y-8">
          <div className="space-y-3">
            <LinkRow label={text.usage.period} links={periods} />
            <UsageChart usage={usage} locale={locale} text={text.usage} />
          </div>
          <RecentRequests {...{ requests, pages, selection, retentionDays, locale }} text={text.usage} />
        </div>
      )}
    </KeyFrame>
  );
}

// Turns the API's 404 into a not-found page.
async function read(organizationId: string, keyId: string, { period, show, page }: UsageSelection) {
  try {
    const range = toPageRange({ page });
    const isRefused = show === "refused" ? true : undefined;
    const [key, usage, { count, requests }] = await Promise.all([
      getKey(organizationId, keyId),
      readUsage(organizationId, keyId, period),
      listRequests(organizationId, keyId, { isRefused, ...range }),
    ]);
    if (range.skip > 0 && requests.length === 0) notFound();
    return { key, usage, requests, pages: Math.ceil(count / range.take) };
  } catch (error) {
    if (error instanceof ApiError && error.code === "NotFound") notFound();
    throw error;
  }
}
