import { notFound } from "next/navigation";
import { KeyFrame } from "#components/keys/key-frame";
import { toKeysText } from "#components/keys/keys-text";
import { RotateKeyButton } from "#components/keys/rotate-key-button";
import { LeakGuide } from "#components/leaks/leak-guide";
import { ReportOwnLeak } from "#components/leaks/report-own-leak";
import { requireCurrentMemberOf } from "#lib/auth/get-current-user";
import { currentMoment } from "#lib/clock";
import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import { getMessages } from "#lib/i18n/get-messages";
import { getKey } from "#lib/keys/list-keys";
import { findLeak, toSince } from "#lib/leaks/list-open-leaks";
import { mayChangeKey } from "#lib/organizations/acts";
import { listKeyPosts } from "#lib/posts/list-posts";
import { countRequests } from "#lib/usage/read-usage";
import { BelongsTo } from "../../../../belongs-to";
import { type KeyParams, toKeyMetadata } from "../to-key-metadata";

const SHOWN_POSTS = 50;

type LeakPageProps = {
  params: Promise<{ keyId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = (props: KeyParams) => toKeyMetadata(props, ({ leak }) => leak.title);

export default async function LeakPage({ params, searchParams }: LeakPageProps) {
  const [{ keyId }, { since: asked }] = await Promise.all([params, searchParams]);
  const member = await requireCurrentMemberOf("keyId", keyId, `/settings/keys/${encodeURIComponent(keyId)}/leak`);
  const [apiKey, leak, { text }] = await Promise.all([
    getKey(member.organizationId, keyId).catch(toNotFound),
    findLeak(member.organizationId, keyId),
    getMessages(),
  ]);
  const since = leak && toSince(typeof asked === "string" ? asked : undefined, apiKey.created_at, leak);
  const from = new Date(since ?? 0);
  const [posts, requests] = leak
    ? await Promise.all([
        listKeyPosts(member.organizationId, apiKey.id, from, SHOWN_POSTS),
        countRequests(member.organizationId, apiKey.id, from),
      ])
    : [];
  return (
    <KeyFrame apiKey={apiKey} current="/leak" text={text}>
      <BelongsTo member={member} />
      {leak && since && posts && requests ? (
        <LeakGuide
          apiKey={apiKey}
          leak={leak}
          activity={{ since, today: currentMoment().toISOString().slice(0, 10), posts, requests }}
          rotate={
            mayChangeKey(member, apiKey) && (
              <RotateKeyButton apiKey={apiKey} publicUrl={settings().publicUrl} text={toKeysText(text)} />
            )
          }
          text={text}
        />
      ) : (
        <ReportOwnLeak keyId={apiKey.id} text={text} />
      )}
    </KeyFrame>
  );
}

function toNotFound(error: unknown): never {
  if (error instanceof ApiError && error.status === 404) notFound();
  throw error;
}
