import { invalidAccountId } from "#lib/accounts/get-account";
import type { MemberActor } from "#lib/audit/schema";
import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import type { Locale } from "#lib/i18n/schema";
import { KeyRefusedError } from "#lib/keys/verify-secret";
import type { PostOptions } from "#lib/networks/connector";
import { organizationNotFound } from "#lib/organizations/as-member";
import { ACCEPT_WITH_KEY, ACCEPT_WITHOUT_KEY } from "#lib/posts/accept-statements";
import type { Part } from "#lib/posts/schema";
import type { Problem } from "#lib/problems/problem";
import { storeProblem } from "#lib/problems/tell-problem";

/** The author of a post: an API key of the organization, or a member who writes it in the console. */
export type Author = { organizationId: string; locale?: Locale | undefined } & (
  | { keyId: string; user?: undefined }
  | { keyId: null; user: Person }
);

type Person = { id: string; name: string | null; email: string };

/** A member as the author of a post, who reads about it in the console's language. */
export const toAuthor = (
  { organizationId }: MemberActor,
  { id, name, email }: Person,
  locale: Locale | undefined,
): Author => ({ organizationId, user: { id, name, email }, keyId: null, locale });

/** A part as known when its post is accepted: its identity at the network and, if it is already published, the result. */
export type FirstPart = { index: number; identity: string; networkPostId?: string; url?: string; reference?: object };

/** Everything that is written when a post is accepted. */
export type Acceptance = {
  author: Author;
  postId: string;
  groupId?: string | undefined;
  accountId: string;
  parts: Part[];
  /** What is asked of the account's network alone. */
  options: PostOptions | undefined;
  warnings: Problem[];
  scheduledAt: Date | null;
  /** The claim of this process, if it publishes the post at once. */
  claimId: string | null;
  /** The parts that are about to be sent, or already published if publishing them again would do no harm. */
  firstParts: FirstPart[];
  isDone: boolean;
  idempotency: { key: string; bodyHash: Uint8Array; busySeconds: number } | null;
};

/** The result. `post` is undefined when the idempotency key already stands for another post. */
export type Accepted = {
  post: { status: "scheduled" | "queued" | "publishing" | "published"; createdAt: Date } | undefined;
  keyName: string | null;
};

type AcceptedOfGroup = { acceptance: Acceptance; post: NonNullable<Accepted["post"]>; keyName: string | null };

type Row = {
  keyId: string | null;
  keyName: string | null;
  isDeleted: boolean;
  isDisabled: boolean;
  isExpired: boolean;
  accountId: string | null;
  status: NonNullable<Accepted["post"]>["status"] | null;
  createdAt: Date;
};

/**
 * Commits a post atomically. If this process publishes it at once, its claim and boundary are part of the same commit.
 * Throws `KeyRefusedError` when the key is no longer valid, 404 when the author is no member any more, 400 when the account
 * is disconnected, and `UncertainCommitError`.
 */
export const acceptPost = async (given: Acceptance): Promise<Accepted> => {
  const { connection } = await database();
  const { statement, values } = toAcceptStatement(given);
  return toAccepted(given, await connection.write<Row>(statement, values));
};

/**
 * Commits posts of one author that belong together: all of them or none, of which only the first may have an idempotency key.
 * Returns undefined when that key already stands for other posts. Throws as `acceptPost` does.
 */
export const acceptPosts = async (given: Acceptance[]): Promise<AcceptedOfGroup[] | undefined> => {
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    const accepted: AcceptedOfGroup[] = [];
    for (const acceptance of given) {
      const { statement, values } = toAcceptStatement(acceptance);
      const rows = await tx.$queryRawUnsafe<Row[]>(statement.text, ...values);
      const { post, keyName } = toAccepted(acceptance, rows);
      if (!post) return undefined;
      accepted.push({ acceptance, post, keyName });
    }
    return accepted;
  });
};

function toAcceptStatement(given: Acceptance): { statement: Statement; values: unknown[] } {
  const { author, idempotency, parts, firstParts } = given;
  const warnings = given.warnings.map(storeProblem);
  const values = [
    ...[author.organizationId, given.accountId, given.postId],
    ...[JSON.stringify(parts), warnings.map(({ sentence }) => sentence)],
    ...[given.scheduledAt?.toISOString() ?? null, given.claimId, JSON.stringify(firstParts), given.isDone],
    ...[idempotency?.key ?? null, idempotency?.bodyHash ?? null, idempotency?.busySeconds ?? null, parts.length - 1],
    warnings.length > 0 ? `[${warnings.map(({ json }) => json)}]` : null,
  ];
  const more = [given.options ? JSON.stringify(given.options) : null, given.groupId ?? null];
  return author.keyId === null
    ? { statement: ACCEPT_WITHOUT_KEY, values: [...values, author.user.id, ...more] }
    : { statement: ACCEPT_WITH_KEY, values: [...values, author.keyId, ...more] };
}

function toAccepted({ author: { keyId } }: Acceptance, [row]: Row[]): Accepted {
  if (!row) throw keyId ? new KeyRefusedError("unknown") : organizationNotFound();
  checkKey(row);
  if (row.accountId === null) throw invalidAccountId();
  return { post: row.status ? { status: row.status, createdAt: row.createdAt } : undefined, keyName: row.keyName };
}

function checkKey({ keyId, isDeleted, isDisabled, isExpired }: Row): void {
  if (isDeleted) throw new KeyRefusedError("deleted", keyId ?? undefined);
  if (isDisabled) throw new KeyRefusedError("disabled", keyId ?? undefined);
  if (isExpired) throw new KeyRefusedError("expired", keyId ?? undefined);
}
