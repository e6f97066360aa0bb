import { currentTime } from "#lib/clock";
import { database } from "#lib/db/database";
import { isUuid, toMoment } from "#lib/db/sql-values";
import { isWholeSecret } from "#lib/keys/check-secret";
import { hashSecret } from "#lib/keys/create-secret";
import { keyNotFound } from "#lib/keys/end-key";
import {
  type ApiKey,
  type ApiKeyDetail,
  KEY_BADGES,
  KEY_STATUSES,
  type KeyQuery,
  type KeySelection,
  keyQuerySchema,
  type LookUpResult,
} from "#lib/keys/schema";
import { KEY_INCLUDE, toApiKey, toBadges } from "#lib/keys/to-api-key";
import { findSecrets, trimPasted } from "#lib/pasted/schema";
import { WAITING_STATUSES } from "#lib/posts/schema";

/** The organization's keys, without deleted ones, newest first. */
export const listKeys = async (organizationId: string): Promise<ApiKey[]> => {
  const { prisma } = await database();
  const rows = await prisma.apiKey.findMany({
    where: { organizationId, revokedAt: null },
    include: KEY_INCLUDE,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map(toApiKey);
};

/** Filters and sorts keys. The counts cover everything that the search finds, whatever status or badge is selected. */
export const selectKeys = (all: ApiKey[], query: KeyQuery, now = currentTime()): KeySelection => {
  const found = all.filter((key) => isFound(key, query.q));
  const count = <Name extends string>(names: readonly Name[], has: (key: ApiKey, name: Name) => boolean) =>
    Object.fromEntries(names.map((name) => [name, found.filter((key) => has(key, name)).length])) as Record<
      Name,
      number
    >;
  const { status, badge } = query;
  const chosen = found.filter(
    (key) => (!status || key.status === status) && (!badge || toBadges(key, now).includes(badge)),
  );
  return {
    rows: chosen.toSorted(compareBy(query)).map((key) => ({ key, badges: toBadges(key, now) })),
    total: found.length,
    statuses: count(KEY_STATUSES, (key, name) => key.status === name),
    badges: count(KEY_BADGES, (key, name) => toBadges(key, now).includes(name)),
  };
};

function isFound({ id, name, note, key_preview: preview }: ApiKey, q = ""): boolean {
  const wanted = trimPasted(q.normalize("NFC")).toLowerCase();
  // The dots of a preview stand for unknown characters, so `boring_abc` finds it as well as `boring_abc...`.
  return [id, name, note ?? "", preview].some((text) => text.toLowerCase().includes(wanted));
}

function compareBy({ sort, order }: KeyQuery): (one: ApiKey, other: ApiKey) => number {
  const direction = (order ?? (sort === "name" ? "asc" : "desc")) === "asc" ? 1 : -1;
  const collator = new Intl.Collator(undefined, { numeric: true });
  if (sort === "name") return (one, other) => direction * collator.compare(one.name, other.name);
  const toMoment = (key: ApiKey) => (sort === "last_used" ? (key.last_used_at ?? "") : key.created_at);
  return (one, other) => direction * (toMoment(one) < toMoment(other) ? -1 : toMoment(one) > toMoment(other) ? 1 : 0);
}

/** The valid part of an address's parameters as a query, because a page should tolerate a mistyped or outdated address. */
export const toKeyQuery = (params: Record<string, string | string[] | undefined>): KeyQuery => {
  const { shape } = keyQuerySchema;
  const entries = Object.entries(shape).flatMap(([name, schema]) => {
    const { data } = schema.safeParse(params[name]);
    return data ? [[name, data]] : [];
  });
  return Object.fromEntries(entries);
};

/**
 * One of the organization's keys with the number of its waiting posts. Null for unknown, deleted and foreign keys
 * alike.
 */
export const findKey = async (organizationId: string, keyId: string | undefined): Promise<ApiKeyDetail | null> => {
  if (!isUuid(keyId)) return null;
  const { prisma } = await database();
  const row = await prisma.apiKey.findFirst({
    where: { id: keyId, organizationId, revokedAt: null },
    include: { ...KEY_INCLUDE, _count: { select: { posts: { where: { status: { in: WAITING_STATUSES } } } } } },
  });
  return row && { ...toApiKey(row), waiting_posts: row._count.posts };
};

/** Like `findKey`, but throws 404 when there is no such key. */
export const getKey = async (organizationId: string, keyId: string | undefined): Promise<ApiKeyDetail> => {
  const key = await findKey(organizationId, keyId);
  if (!key) throw keyNotFound();
  return key;
};

/**
 * Which of the organization's current or former keys the pasted text holds. With several, a current one is preferred.
 * The answer is the same for somebody else's key and for one that never existed.
 */
export const lookUpKey = async (organizationId: string, pasted: string): Promise<LookUpResult> => {
  const hashes = findSecrets(pasted, isWholeSecret).map(hashSecret);
  if (hashes.length === 0) return { result: "malformed" };
  const { prisma } = await database();
  const where = { organizationId, hash: { in: hashes } };
  const row = await prisma.apiKey.findFirst({ where, orderBy: { revokedAt: { sort: "desc", nulls: "first" } } });
  if (!row) return { result: "not_yours" };
  const { id, name, revokedAt } = row;
  return revokedAt ? { result: "deleted", name, deleted_at: toMoment(revokedAt) } : { result: "yours", id, name };
};
