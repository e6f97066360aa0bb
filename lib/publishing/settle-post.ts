import { batchWrites } from "#lib/db/batch-queries";
import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { ClaimLostError } from "#lib/due/claim";
import { wake } from "#lib/due/work-off";
import { notify } from "#lib/notices/notify";
import { toIdentity } from "#lib/posts/create-post";
import { toPost } from "#lib/posts/to-post";
import type { Problem } from "#lib/problems/problem";
import { storeProblem, toEnglish } from "#lib/problems/tell-problem";
import type { ClaimedPost } from "#lib/publishing/due-posts";
import { keepPart, type Unrecorded } from "#lib/publishing/part-writes";
import { announce } from "#lib/webhooks/announce";
import { DELIVERIES } from "#lib/webhooks/deliver-webhook";

/** How an attempt ended: either the post is settled, or it has a time for its next attempt. */
export type Ending = {
  /** The reason to show to the user. */
  reason?: Problem;
  /** Whether the attempt counts as a failure. Defaults to true. */
  isFailure?: boolean;
  /** The part that was about to be sent and that the network certainly does not have. */
  unsentPart?: number | undefined;
  /** What was prepared for that part, for the next attempt. */
  handle?: unknown;
  /** What the author is told besides what the post says already. */
  warnings?: Problem[] | undefined;
} & (
  | { status: "published" | "failed" | "unknown"; errorName?: string; unrecorded?: Unrecorded[] }
  /** `queued` waits for a retry; `publishing` waits to ask the network what it has. */
  | { status: "queued" | "publishing"; waitMilliseconds: number }
);

type Written = { id: string; publishedAt: Date | null; wakeAt: Date | null; now: Date };

const toText = (condition: string) => `
  WITH ending AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($1::jsonb)
      AS given (id uuid, "claimId" uuid, status text, failures int, error text, "errorName" text, "waitSeconds" float8,
                outcome text, reason text, problem text, "reasonProblem" text, "unsentPart" int, "unsentIdentity" text,
                handle jsonb, warnings text[], "warningProblems" jsonb, parts jsonb, event text)
  ), settled AS (
    UPDATE posts SET status = ending.status, claim_id = NULL, failures = ending.failures, error = ending.error,
                     problem = ending.problem::jsonb, error_name = ending."errorName",
                     warnings = coalesce(ending.warnings, posts.warnings),
                     warning_problems = coalesce(ending."warningProblems", posts.warning_problems),
                     published_at = CASE WHEN ending.status = 'published' THEN clock_timestamp() END,
                     wake_at = clock_timestamp() + make_interval(secs => ending."waitSeconds")
    FROM ending
    WHERE posts.id = ending.id AND claim_id = ending."claimId" AND posts.status = 'publishing' ${condition}
    RETURNING posts.id, attempts, published_at, wake_at, outcome, reason, "reasonProblem", "unsentPart", "unsentIdentity",
              ending.handle, ending.parts
  ), attempt AS (
    UPDATE post_attempts SET outcome = settled.outcome, reason = settled.reason,
                             problem = settled."reasonProblem"::jsonb, finished_at = clock_timestamp()
    FROM settled WHERE post_id = settled.id AND number = settled.attempts
  ), unsent AS (
    UPDATE post_parts SET boundary_at = NULL,
                          handle = CASE WHEN settled.wake_at IS NOT NULL THEN coalesce(settled.handle, post_parts.handle) END
    FROM settled WHERE post_id = settled.id AND index = "unsentPart" AND post_parts.published_at IS NULL
  ), kept AS (
    INSERT INTO post_parts (post_id, index, identity, handle)
    SELECT id, "unsentPart", "unsentIdentity", handle FROM settled
    WHERE handle IS NOT NULL AND wake_at IS NOT NULL AND "unsentPart" >= 0
    ON CONFLICT (post_id, index) DO NOTHING
  ), recorded AS (
    INSERT INTO post_parts (post_id, index, identity, identity_at, boundary_at, network_post_id, url, reference, published_at)
    SELECT id, index, identity, published_at, published_at, "networkPostId", url, reference, published_at
    FROM settled, jsonb_to_recordset(parts)
      AS part (index int, identity text, "networkPostId" text, url text, reference jsonb)
    ON CONFLICT (post_id, index) DO UPDATE
    SET network_post_id = EXCLUDED.network_post_id, url = EXCLUDED.url, reference = EXCLUDED.reference,
        published_at = EXCLUDED.published_at
  )
  SELECT id, published_at AS "publishedAt", wake_at AS "wakeAt", clock_timestamp() AS now FROM settled`;

/** The statement that settles posts whose events have no webhook subscribers. */
export const SETTLE_UNHEARD: Statement = {
  name: "settle-posts",
  text: toText(`AND NOT EXISTS (
    SELECT FROM webhook_endpoints e
    WHERE e.organization_id = posts.organization_id AND disabled_at IS NULL AND ending.event = ANY(events))`),
};
const SETTLE = toText("");

const settleUnheard = batchWrites<Written>(SETTLE_UNHEARD);

/**
 * Commits how an attempt ended, together with the webhook events for the post's subscribers. `also` runs in the same
 * transaction. Throws `ClaimLostError`.
 */
export const settlePost = async (
  post: ClaimedPost,
  ending: Ending,
  also?: (tx: Prisma.TransactionClient) => Promise<void>,
): Promise<void> => {
  const settlement = toSettlement(post, ending);
  const told = ending.status === "failed" || ending.status === "unknown" ? ending.status : undefined;
  const unheard = also || told ? undefined : await settleUnheard(settlement);
  if (unheard) return keep(post, ending, unheard);
  const { prisma } = await database();
  await prisma.$transaction(async (tx) => {
    const [written] = await tx.$queryRawUnsafe<Written[]>(SETTLE, JSON.stringify([settlement]));
    if (!written) throw new ClaimLostError(post.id);
    await also?.(tx);
    keep(post, ending, written);
    // The stored event outlives its author's account, so it does not name them.
    const toData = async () => toPost({ ...post, author: null });
    if (told) await tellOfPost(tx, post, told);
    if (isFinal(ending)) await announce(tx, post.organizationId, `post.${ending.status}`, toData);
  });
  wake(DELIVERIES);
};

// A post that is retried and ends again is told again.
function tellOfPost(tx: Prisma.TransactionClient, post: ClaimedPost, status: "failed" | "unknown"): Promise<void> {
  const { id: subjectId, organizationId, authorId: personId, attempts } = post;
  return notify(tx, { kind: `post.${status}`, organizationId, subjectId, personId, step: String(attempts) });
}

type Final = Extract<Ending, { status: "published" | "failed" | "unknown" }>;

function isFinal(ending: Ending): ending is Final {
  return !("waitMilliseconds" in ending);
}

function toSettlement(post: ClaimedPost, ending: Ending) {
  const { id, claimId, failures } = post;
  const { status, reason, isFailure = true, unsentPart = -1, handle = null } = ending;
  const told = reason ? storeProblem(reason) : { sentence: null, json: null };
  const final = isFinal(ending) ? told : { sentence: null, json: null };
  const [errorName, unrecorded] = isFinal(ending) ? [ending.errorName ?? null, ending.unrecorded ?? []] : [null, []];
  return {
    ...{ id, claimId, status, unsentPart, errorName, handle, unsentIdentity: toIdentity(id, unsentPart) },
    ...toWarnings(post, ending),
    ...{ error: final.sentence, problem: final.json, reason: told.sentence, reasonProblem: told.json },
    failures: status === "published" ? 0 : failures + Number(isFailure),
    waitSeconds: isFinal(ending) ? null : ending.waitMilliseconds / 1000,
    outcome: isFinal(ending) ? status : "later",
    parts: unrecorded.map(({ published, ...part }) => ({ ...part, ...published })),
    event: isFinal(ending) ? `post.${status}` : "",
  };
}

// Null leaves the post's warnings as they are. A part that is prepared again warns again.
function toWarnings({ warnings, warningProblems }: ClaimedPost, ending: Ending) {
  const added = (ending.warnings ?? []).map(storeProblem).filter(({ sentence }) => !warnings.includes(sentence));
  if (added.length === 0) return { warnings: null, warningProblems: null };
  const unique = [...new Map(added.map((warning) => [warning.sentence, warning])).values()];
  const earlier = Array.isArray(warningProblems) ? warningProblems : warnings.map(() => null);
  return {
    warnings: [...warnings, ...unique.map(({ sentence }) => sentence)],
    warningProblems: [...earlier, ...unique.map(({ json }) => JSON.parse(json))],
  };
}

function keep(post: ClaimedPost, ending: Ending, { publishedAt, wakeAt, now }: Written): void {
  const { status } = ending;
  const [problem, errorName] = isFinal(ending) ? [ending.reason ?? null, ending.errorName ?? null] : [null, null];
  const error = problem && toEnglish(problem);
  const { warnings, warningProblems } = toWarnings(post, ending);
  Object.assign(post, { status, publishedAt, wakeAt, error, problem, errorName });
  if (warnings) Object.assign(post, { warnings, warningProblems });
  for (const part of isFinal(ending) ? (ending.unrecorded ?? []) : []) keepPart(post, part, publishedAt ?? now);
}
