import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { Actor, AuditEntry, MemberActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { isWholeSecret } from "#lib/keys/check-secret";
import { hashSecret } from "#lib/keys/create-secret";
import { noteDeadKeys } from "#lib/keys/dead-keys";
import { lockKey, takeTurnAtKeys } from "#lib/keys/end-key";
import { toKeyLeak } from "#lib/leaks/list-open-leaks";
import type { KeyLeak, LeakSource } from "#lib/leaks/schema";
import { scrub } from "#lib/log";
import { tellOfKeys } from "#lib/notices/tell-of-key";
import { asMember } from "#lib/organizations/as-member";
import { findSecrets } from "#lib/pasted/schema";

/** A text that is a key or contains some, and where it was found. */
type FoundText = { text: string; url?: string | null | undefined };

/**
 * Disables each of our keys in the texts and records who reported it first. Returns for each text whether it contains one of
 * our keys. A deleted key counts as ours and stays unchanged. When this returns, everything is committed: later requests
 * with the keys are refused, and requests in progress cannot commit a write for them.
 */
export const reportLeakedKeys = async (
  found: readonly FoundText[],
  reporter: Actor & { kind: Exclude<LeakSource, "owner"> },
): Promise<boolean[]> => {
  const hashes = found.map(({ text }) => findSecrets(text, isWholeSecret).map((secret) => toHex(hashSecret(secret))));
  const urls = new Map<string, string>();
  for (const [index, inText] of hashes.entries()) {
    const url = inText.length > 0 ? (toFoundUrl(found[index]?.url) ?? "") : "";
    for (const hash of inText) urls.set(hash, urls.get(hash) || url);
  }
  const ours = urls.size > 0 ? await disable(urls, reporter) : new Set();
  return hashes.map((inText) => inText.some((hash) => ours.has(hash)));
};

// Each key that a transaction waits for uses an entry in the database's shared lock table.
const KEYS_AT_ONCE = 500;

async function disable(urls: Map<string, string>, reporter: Actor): Promise<Set<string>> {
  const ours = new Set<string>();
  const found = [...urls];
  for (let start = 0; start < found.length; start += KEYS_AT_ONCE) {
    const some = found.slice(start, start + KEYS_AT_ONCE);
    for (const { hash } of await disableSome(new Map(some), reporter)) ours.add(hash);
  }
  return ours;
}

async function disableSome(urls: Map<string, string>, reporter: Actor): Promise<Ours[]> {
  const { urgent } = await database();
  const hashes = [...urls.keys()].map((hex) => new Uint8Array(Buffer.from(hex, "hex")));
  const known = await urgent.apiKey.findMany({ where: { hash: { in: hashes } }, select: { id: true } });
  if (known.length === 0) return [];
  const rows = await urgent.$transaction(async (tx) => {
    await takeTurnAtKeys(
      tx,
      known.map(({ id }) => id),
    );
    const rows = await disableAndMark(tx, urls, reporter.kind);
    const news = rows.filter(({ isNews }) => isNews);
    const entries = news.map(
      ({ keyId, organizationId: ownerId }): AuditEntry => ({ action: "key.leaked", keyId, ownerId }),
    );
    await recordAuditEvent(tx, reporter, ...entries);
    const ids = news.map(({ keyId }) => keyId);
    await tellOfKeys(tx, ids, { kind: "key.leaked" });
    return rows;
  });
  const leaked = rows.filter(({ isNews }) => isNews).map(({ keyId }) => keyId);
  await noteDeadKeys(leaked, "leaked");
  return rows;
}

type Ours = { hash: string; keyId: string; organizationId: string; isNews: boolean };

function disableAndMark(tx: Prisma.TransactionClient, urls: Map<string, string>, source: string): Promise<Ours[]> {
  return tx.$queryRaw<Ours[]>`
    WITH reported AS (
      SELECT decode(hex, 'hex') AS hash, nullif(url, '') AS url
      FROM unnest(${[...urls.keys()]}::text[], ${[...urls.values()]}::text[]) AS found (hex, url)
    ), ours AS (
      SELECT k.id, k.organization_id, k.hash, k.revoked_at, r.url
      FROM api_keys k JOIN reported r ON r.hash = k.hash
      ORDER BY k.id FOR NO KEY UPDATE OF k
    ), disabled AS (
      UPDATE api_keys k SET disabled_at = coalesce(k.disabled_at, now())
      FROM ours WHERE k.id = ours.id AND ours.revoked_at IS NULL
      RETURNING k.id, ours.url
    ), leaks AS (
      INSERT INTO key_leaks (key_id, source, url) SELECT id, ${source}, url FROM disabled
      ON CONFLICT (key_id) DO NOTHING RETURNING key_id
    )
    SELECT encode(o.hash, 'hex') AS hash, o.id AS "keyId", o.organization_id AS "organizationId", l.key_id IS NOT NULL AS "isNews"
    FROM ours o LEFT JOIN leaks l ON l.key_id = o.id`;
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/**
 * Disables one of the organization's keys because it leaked, and records the leak unless it was already reported. When
 * this returns, it is committed: later requests with the key are refused, and requests in progress cannot commit a
 * write for it.
 */
export const reportOwnKey = async (actor: MemberActor, id: string | undefined): Promise<KeyLeak> => {
  const report = async (tx: Prisma.TransactionClient): Promise<KeyLeak> => {
    const { id: keyId } = await lockKey(tx, actor, id);
    await tx.$executeRaw`UPDATE api_keys SET disabled_at = coalesce(disabled_at, now()) WHERE id = ${keyId}::uuid`;
    const marked = await tx.keyLeak.createMany({ data: { keyId, source: "owner" }, skipDuplicates: true });
    const leak = toKeyLeak(await tx.keyLeak.findUniqueOrThrow({ where: { keyId } }));
    if (marked.count === 1) {
      await recordAuditEvent(tx, actor, { action: "key.leaked", keyId });
      await tellOfKeys(tx, [keyId], { kind: "key.leaked" });
    }
    return leak;
  };
  const leak = await asMember(actor, "keys.disable", report, { isUrgent: true });
  await noteDeadKeys([leak.key_id], "leaked");
  return leak;
};

const MAX_URL_LENGTH = 2000;

/** The location of a found key, in storable form: one line, bounded, with any key removed. Null when nothing is left. */
const toFoundUrl = (url: string | null | undefined): string | null =>
  scrub(
    (url ?? "")
      .toWellFormed()
      .replaceAll(/\p{Cc}/gu, "")
      .trim(),
  ).slice(0, MAX_URL_LENGTH) || null;
