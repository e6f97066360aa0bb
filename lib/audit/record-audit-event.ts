import { createHash } from "node:crypto";
import { type Actor, type AuditEntry, PERSONAL_ACTIONS } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import type { AuditEvent, Prisma } from "#lib/db/generated/client";
import { scrub } from "#lib/log";

// An arbitrary number that no other advisory lock in this database uses.
const CHAIN_LOCK = 4_717_401;

/**
 * Appends an event to the log in the transaction that caused it, so that both are committed or neither is. It must be the
 * transaction's last statement. It locks the log until the end: waiting for a row after that would block everyone, and two
 * such transactions could deadlock.
 */
export const recordAuditEvent = async (
  tx: Prisma.TransactionClient,
  actor: Actor,
  ...entries: AuditEntry[]
): Promise<void> => {
  if (entries.length === 0) return;
  await lockAuditChain(tx);
  const last = await tx.auditEvent.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
  const rows: AuditEvent[] = [];
  for (const entry of entries) {
    const before = rows.at(-1) ?? last ?? { seq: 0n, hash: CHAIN_START };
    const row = { ...toRow(actor, entry), seq: before.seq + 1n, previousHash: before.hash };
    rows.push({ ...row, hash: hashAuditEvent(row) });
  }
  await insert(tx, rows);
};

/** Keeps all others from appending until the transaction ends. */
export const lockAuditChain = async (tx: Prisma.TransactionClient): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK}::bigint)`;
};

// One statement with one parameter, whatever the number of events.
async function insert(tx: Prisma.TransactionClient, rows: AuditEvent[]): Promise<void> {
  const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const json = rows.map((row) => ({
    ...row,
    seq: String(row.seq),
    previousHash: toHex(row.previousHash),
    hash: toHex(row.hash),
  }));
  await tx.$executeRaw`
    INSERT INTO audit_events (seq, at, owner_id, action, actor, actor_id, session_id, key_id, address, user_agent, details,
                              previous_hash, hash)
    SELECT seq, at, "ownerId", action, actor, "actorId", "sessionId", "keyId", address, "userAgent", details,
           decode("previousHash", 'hex'), decode(hash, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(json)}::jsonb) AS event (
      seq bigint, at timestamptz, "ownerId" uuid, action text, actor text, "actorId" uuid, "sessionId" uuid, "keyId" uuid, address text,
      "userAgent" text, details text, "previousHash" text, hash text)`;
}

// Exactly as the database returns it, because the hash of a row must match when the row is read later.
function toRow(actor: Actor, { action, ownerId, keyId, details = {} }: AuditEntry) {
  const own = PERSONAL_ACTIONS.includes(action) ? actor.userId : actor.organizationId;
  const owner = ownerId === undefined ? own : ownerId;
  return {
    at: currentMoment(),
    ownerId: owner?.toLowerCase() ?? null,
    action,
    actor: actor.kind,
    actorId: actor.userId?.toLowerCase() ?? null,
    sessionId: actor.sessionId?.toLowerCase() ?? null,
    keyId: keyId?.toLowerCase() ?? null,
    address: actor.address,
    userAgent: actor.userAgent && scrub(actor.userAgent),
    details: scrub(JSON.stringify(details)),
  };
}

/** The link that precedes the first event. */
export const CHAIN_START: Uint8Array<ArrayBuffer> = new Uint8Array(32);

/** An event's link in the chain: SHA-256 over the whole event and the previous link, in one JSON array. */
export const hashAuditEvent = (event: Omit<AuditEvent, "hash">): Uint8Array<ArrayBuffer> => {
  const members = [
    event.seq.toString(),
    event.at.toISOString(),
    event.ownerId,
    event.action,
    event.actor,
    event.sessionId,
    event.keyId,
    event.address,
    event.userAgent,
    event.details,
    Buffer.from(event.previousHash).toString("hex"),
    // Rows from before this column existed have hashes without it.
    ...(event.actorId === null ? [] : [event.actorId]),
  ];
  return new Uint8Array(createHash("sha256").update(JSON.stringify(members)).digest());
};
