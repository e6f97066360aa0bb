import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { ClaimLostError } from "#lib/due/claim";
import { wake } from "#lib/due/under-way";
import { toPost } from "#lib/posts/to-post";
import type { Problem } from "#lib/problems/problem";
import { storeProblem } from "#lib/problems/stored-problem";
import { toEnglish } from "#lib/problems/tell-problem";
import type { ClaimedPost } from "#lib/publishing/due-posts";
import { keepPart, type Unrecorded } from "#lib/publishing/part-writes";
import { announce } from "#lib/webhooks/announce";
import { DELIVERIES } from "#lib/webhooks/due-deliveries";

/** How an attempt ended: with the post settled, or with a moment at which it is seen to again. */
export type Ending = {
  /** Why, for the user. */
  reason?: Problem;
  /** Whether it counts as one; it does unless said otherwise. */
  isFailure?: boolean;
  /** Part of which the network certainly has nothing, although it was about to be sent. */
  unsentPart?: number | undefined;
} & (
  | { status: "published" | "failed" | "unknown"; errorName?: string; unrecorded?: Unrecorded[] }
  /** `queued` waits to be tried again, `publishing` to ask the network what it has. */
  | { status: "queued" | "publishing"; waitMilliseconds: number }
);

type Written = { publishedAt: Date | null; wakeAt: Date | null; now: Date };

const toText = (condition: string) => `
  WITH settled AS (
    UPDATE posts SET status = $3::text, claim_id = NULL, failures = $4::int, error = $5::text, problem = $12::jsonb, error_name = $6::text,
                     published_at = CASE WHEN $3::text = 'published' THEN clock_timestamp() END,
                     wake_at = clock_timestamp() + make_interval(secs => $7::float8)
    WHERE id = $1::uuid AND claim_id = $2::uuid AND status = 'publishing' ${condition}
    RETURNING id, attempts, published_at, wake_at
  ), attempt AS (
    UPDATE post_attempts SET outcome = $8::text, reason = $9::text, problem = $13::jsonb, finished_at = clock_timestamp()
    FROM settled WHERE post_id = settled.id AND number = settled.attempts
  ), unsent AS (
    UPDATE post_parts SET boundary_at = NULL
    FROM settled WHERE post_id = settled.id AND index = $10::int AND post_parts.published_at IS NULL
  ), recorded AS (
    INSERT INTO post_parts (post_id, index, identity, identity_at, boundary_at, network_post_id, url, reference, published_at)
    SELECT id, index, identity, published_at, published_at, "networkPostId", url, reference, published_at
    FROM settled, jsonb_to_recordset($11::jsonb)
      AS part (index int, identity text, "networkPostId" text, url text, reference jsonb)
    ON CONFLICT (post_id, index) DO UPDATE
    SET network_post_id = EXCLUDED.network_post_id, url = EXCLUDED.url, reference = EXCLUDED.reference,
        published_at = EXCLUDED.published_at
  )
  SELECT published_at AS "publishedAt", wake_at AS "wakeAt", clock_timestamp() AS now FROM settled`;

/** The one statement that settles a post of which nobody has to be told. */
export const SETTLE_UNHEARD: Statement = {
  name: "settle-post",
  text: toText(`AND NOT EXISTS (
    SELECT FROM webhook_endpoints e WHERE e.user_id = posts.user_id AND disabled_at IS NULL AND $14::text = ANY(events))`),
};
const SETTLE = toText("");

/**
 * Commits how an attempt ended, together with word to whoever subscribed to the post's end. `also` joins in. Throws
 * `ClaimLostError`.
 */
export const settlePost = async (
  post: ClaimedPost,
  ending: Ending,
  also?: (tx: Prisma.TransactionClient) => Promise<void>,
): Promise<void> => {
  const { prisma, connection } = await database();
  const values = toValues(post, ending);
  const event = isFinal(ending) ? `post.${ending.status}` : "";
  const [unheard] = also ? [] : await connection.write<Written>(SETTLE_UNHEARD, [...values, event]);
  if (unheard) return keep(post, ending, unheard);
  await prisma.$transaction(async (tx) => {
    const [written] = await tx.$queryRawUnsafe<Written[]>(SETTLE, ...values);
    if (!written) throw new ClaimLostError(post.id);
    await also?.(tx);
    keep(post, ending, written);
    if (isFinal(ending)) await announce(tx, post.userId, `post.${ending.status}`, async () => toPost(post));
  });
  wake(DELIVERIES);
};

type Final = Extract<Ending, { status: "published" | "failed" | "unknown" }>;

function isFinal(ending: Ending): ending is Final {
  return !("waitMilliseconds" in ending);
}

function toValues({ id, claimId, failures }: ClaimedPost, ending: Ending): unknown[] {
  const { status, reason, isFailure = true, unsentPart = -1 } = ending;
  const failuresNow = status === "published" ? 0 : failures + Number(isFailure);
  const waitSeconds = isFinal(ending) ? null : ending.waitMilliseconds / 1000;
  const [errorName, unrecorded] = isFinal(ending) ? [ending.errorName ?? null, ending.unrecorded ?? []] : [null, []];
  const parts = unrecorded.map(({ published, ...part }) => ({ ...part, ...published }));
  const told = reason ? storeProblem(reason) : { sentence: null, json: null };
  const final = isFinal(ending) ? told : { sentence: null, json: null };
  return [
    ...[id, claimId, status, failuresNow, final.sentence, errorName],
    ...[waitSeconds, isFinal(ending) ? status : "later", told.sentence, unsentPart, JSON.stringify(parts)],
    ...[final.json, told.json],
  ];
}

function keep(post: ClaimedPost, ending: Ending, { publishedAt, wakeAt, now }: Written): void {
  const { status } = ending;
  const [problem, errorName] = isFinal(ending) ? [ending.reason ?? null, ending.errorName ?? null] : [null, null];
  const error = problem && toEnglish(problem);
  Object.assign(post, { status, publishedAt, wakeAt, error, problem, errorName });
  for (const part of isFinal(ending) ? (ending.unrecorded ?? []) : []) keepPart(post, part, publishedAt ?? now);
}
