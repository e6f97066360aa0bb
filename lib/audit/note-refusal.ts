import { lockAuditChain, recordAuditEvent } from "#lib/audit/record-audit-event";
import type { Actor, AuditEntry } from "#lib/audit/schema";
import { currentTime } from "#lib/clock";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { log, toLogFields } from "#lib/log";

const REPEAT_SECONDS = 60 * 60;
const FLUSH_DELAY_SECONDS = 1;
const MAX_REMEMBERED = 10_000;
const BATCH_SIZE = 100;

type Refusal = { id: string; actor: Actor; entry: AuditEntry };

type Notes = {
  /** Refusals that are not yet written. */
  pending: Refusal[];
  /** When each refusal was recorded, so that repeats are skipped. */
  noted: Map<string, number>;
  timer: NodeJS.Timeout | undefined;
};

/** What this process remembers of refusals. */
export const refusals: Notes = { pending: [], noted: new Map(), timer: undefined };

/**
 * Records a refusal, at most once an hour for the same key or person, reason and address. Returns at once. The event reaches the log
 * of the key's owner, or else the actor's own, within a second or at a clean shutdown.
 */
export const noteRefusal = (actor: Actor, entry: AuditEntry): void => {
  const id = toId(entry.action, entry.keyId ?? actor.userId, actor.address, JSON.stringify(entry.details ?? {}));
  if (isRepeated(id)) return;
  refusals.noted.set(id, Date.now());
  refusals.pending.push({ id, actor, entry });
  schedule();
};

/** Writes all pending refusals. For a clean shutdown. */
export const flushRefusals = async (): Promise<void> => {
  clearTimeout(refusals.timer);
  refusals.timer = undefined;
  while (refusals.pending.length > 0) await writeBatch();
};

function toId(...members: (string | null | undefined)[]): string {
  return JSON.stringify(members);
}

// A caller who invents addresses must not fill the memory. Refusals beyond the limit are not recorded.
function isRepeated(id: string): boolean {
  const { noted } = refusals;
  const forgotten = Date.now() - REPEAT_SECONDS * 1000;
  if ((noted.get(id) ?? 0) > forgotten) return true;
  if (noted.size < MAX_REMEMBERED) return false;
  for (const [known, moment] of noted) if (moment <= forgotten) noted.delete(known);
  return noted.size >= MAX_REMEMBERED;
}

function schedule(): void {
  refusals.timer ??= setTimeout(() => {
    void flushOrComplain().finally(() => {
      refusals.timer = undefined;
      if (refusals.pending.length > 0) schedule();
    });
  }, FLUSH_DELAY_SECONDS * 1000).unref();
}

async function flushOrComplain(): Promise<void> {
  try {
    await writeBatch();
  } catch (error) {
    log("warn", "Refused requests could not be saved to the audit log; the server will try again", toLogFields(error));
  }
}

async function writeBatch(): Promise<void> {
  const batch = refusals.pending.slice(0, BATCH_SIZE);
  const { prisma } = await database();
  await prisma.$transaction(async (tx) => {
    await lockAuditChain(tx);
    const known = await findKnown(tx, batch);
    const owners = await findOwners(tx, batch);
    for (const { id, actor, entry } of batch) {
      const owner = owners.get(entry.keyId ?? "");
      if (!known.has(id)) await recordAuditEvent(tx, actor, { ...entry, ...(owner && { ownerId: owner }) });
    }
  });
  refusals.pending = refusals.pending.filter((refusal) => !batch.includes(refusal));
}

// The owner is looked up here, so that the request need not wait for it.
async function findOwners(tx: Prisma.TransactionClient, batch: Refusal[]): Promise<Map<string, string>> {
  const where = { id: { in: batch.flatMap(({ entry }) => entry.keyId ?? []) } };
  const keys = await tx.apiKey.findMany({ where, select: { id: true, organizationId: true } });
  return new Map(keys.map(({ id, organizationId }) => [id, organizationId]));
}

// Another instance, or this one before a restart, may have recorded it within the hour.
async function findKnown(tx: Prisma.TransactionClient, batch: Refusal[]): Promise<Set<string>> {
  const keyIds = batch.flatMap(({ entry }) => entry.keyId ?? []);
  const at = { gt: new Date(currentTime() - REPEAT_SECONDS * 1000) };
  const rows = await tx.auditEvent.findMany({ where: { keyId: { in: keyIds }, action: "key.refused", at } });
  return new Set(rows.map(({ action, keyId, address, details }) => toId(action, keyId, address, details)));
}
