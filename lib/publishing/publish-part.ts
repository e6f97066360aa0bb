import { z } from "zod";
import { refreshCredential } from "#lib/accounts/refresh-credential";
import { database } from "#lib/db/database";
import { withMedia } from "#lib/media/open-medium";
import type {
  ConnectedAccount,
  Connector,
  PlannedPart,
  PostPart,
  PublishedPart,
  Submission,
  Thread,
} from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { toIdentity } from "#lib/posts/create-post";
import type { Problem } from "#lib/problems/problem";
import { OutcomeUnknownError, type Stage } from "#lib/publishing/decide-next";
import { type ClaimedPost, markStep } from "#lib/publishing/due-posts";
import { recordPart, type Unrecorded, writeBoundary } from "#lib/publishing/part-writes";

/** What publishing a post needs, and how far it has come. */
export type PublishContext = {
  post: ClaimedPost;
  connector: Connector;
  /** Replaced when the credential is refreshed during publishing. */
  account: ConnectedAccount;
  stage: Stage;
  /** The index of the current part. */
  index: number;
  /** Whether an earlier attempt may have published that part. */
  mayBeThere: boolean;
  /** Parts that are recorded together with the post's final state. */
  unrecorded: Unrecorded[];
  /** What connectors have told the author in this attempt. */
  warnings: Problem[];
};

const optionsSchema = z.record(z.string(), z.unknown());

/**
 * Publishes one part and records it. If a caller waits, the last part is recorded together with the post's final state. If
 * a part may have been sent before, the network is asked first; the part is sent only if the network certainly does not
 * have it. Throws `NetworkError`, `OutcomeUnknownError` or `ClaimLostError`.
 */
export const publishPart = async (
  context: PublishContext,
  part: PostPart,
  { thread, isLast }: { thread: Thread | undefined; isLast: boolean },
): Promise<PublishedPart> => {
  const { post, connector, index } = context;
  const known = post.publishedParts.find((row) => row.index === index);
  const isPastBoundary = post.isFresh && known !== undefined;
  context.mayBeThere = !isPastBoundary && Boolean(known?.boundaryAt);
  const identity = known?.identity ?? toIdentity(post.id, index);
  const options = optionsSchema.parse(post.options ?? {});
  const planned = { postId: post.id, index, part, identity, thread, acceptedAt: post.createdAt, options };
  const earlier: unknown = connector.handleSchema?.optional().parse(known?.handle ?? undefined);
  const { answer, asked } = await askFirst(context, planned, { known, earlier });
  if (typeof answer === "object") return answer;
  const prepared = await prepareAsAnswered(context, planned, { answer, earlier });
  markStep("prepared", post.id);
  const boundary = { identity, handle: connector.handleSchema && prepared };
  const sent = isPastBoundary ? known : await writeBoundary(post, index, boundary);
  markStep("boundary", post.id);
  // Where sending is the way to ask, a refusal does not tell what became of the earlier call.
  context.stage = answer === "again" ? "asking" : "sending";
  const submission = {
    ...planned,
    ...asked,
    mayBeThere: answer === "again",
    identity: sent.identity,
    createdAt: sent.identityAt,
  };
  const published = await call(context, (account) => connector.publish(account, submission, prepared));
  markStep("answered", post.id);
  if (isLast && post.isFresh) {
    context.unrecorded.push({ index, identity: sent.identity, published });
  } else {
    await recordPart(post, index, published);
    markStep("recorded", post.id);
  }
  return published;
};

// After a lost answer nothing else than what was sent then may be sent.
async function prepareAsAnswered(
  context: PublishContext,
  planned: PlannedPart,
  { answer, earlier }: { answer: Answer | undefined; earlier: unknown },
): Promise<unknown> {
  if ((answer === "resend" || answer === "again") && earlier !== undefined) return earlier;
  return prepare(context, planned, answer === "gone" ? undefined : earlier);
}

async function prepare(context: PublishContext, planned: PlannedPart, earlier: unknown): Promise<unknown> {
  const { post, connector, warnings } = context;
  context.stage = "preparing";
  const warn = (problem: Problem) => void warnings.push(problem);
  return call(context, (account) =>
    withMedia({ postId: post.id, limits: account.capabilities }, (open) =>
      connector.prepare(account, planned, { open, earlier, warn }),
    ),
  );
}

type Answer = Awaited<ReturnType<Connector["reconcile"]>>;
type Known = { known: ClaimedPost["publishedParts"][number] | undefined; earlier: unknown };

// Asks nothing where no earlier attempt may have published the part.
async function askFirst(
  context: PublishContext,
  planned: PlannedPart,
  { known, earlier }: Known,
): Promise<{ answer?: Exclude<Answer, "unknown">; asked?: Submission }> {
  if (!context.mayBeThere || !known) return {};
  context.stage = "asking";
  const taken = await listTaken(context.account.accountId, known.identityAt);
  const clockDifference = await readClockDifference();
  const asked = { ...planned, createdAt: known.identityAt, taken, clockDifference };
  const answer = await call(context, (account) => context.connector.reconcile(account, asked, earlier));
  if (answer === "unknown") throw new OutcomeUnknownError();
  if (typeof answer === "object") await recordPart(context.post, planned.index, answer);
  return { answer, asked };
}

// Network ids of everything that this installation has published for the account since then.
async function listTaken(accountId: string, since: Date): Promise<string[]> {
  const { prisma } = await database();
  const rows = await prisma.postPart.findMany({
    where: { post: { accountId }, publishedAt: { gte: since }, networkPostId: { not: null } },
    select: { networkPostId: true },
  });
  return rows.flatMap(({ networkPostId }) => networkPostId ?? []);
}

// The database's clock says when a part was sent; the network has its own. Only ours can be compared with both.
async function readClockDifference(): Promise<number> {
  const { prisma } = await database();
  const before = Date.now();
  const [row] = await prisma.$queryRaw<{ now: number }[]>`
    SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now`;
  return (row?.now ?? before) - before;
}

// An expired credential is refreshed once. Repeating the call is safe because the network refused it and did nothing.
async function call<Result>(
  context: PublishContext,
  toResult: (account: ConnectedAccount) => Promise<Result>,
): Promise<Result> {
  try {
    return await toResult(context.account);
  } catch (error) {
    if (!(error instanceof NetworkError) || error.reason !== "expired") throw error;
    context.account = await refreshCredential(context.account.accountId, context.account.credential);
    return toResult(context.account);
  }
}
