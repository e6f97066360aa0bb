import { CHAIN_START, hashAuditEvent } from "#lib/audit/record-audit-event";
import { database } from "#lib/db/database";
import type { AuditEvent } from "#lib/db/generated/client";

/** The end of the log at some moment. A copy kept elsewhere proves later that nothing before it was changed. */
export type AuditHead = { seq: bigint; hash: string };

/**
 * `changed` since it was written, `missing`, `unlinked` from the previous event, or different from the one that was `noted`.
 */
type AuditFault = "changed" | "missing" | "unlinked" | "noted";

export type ChainReport = { count: number; head: AuditHead } | { fault: AuditFault; seq: bigint };

const BATCH_SIZE = 1000;
const LOWEST_NUMBER = -(2n ** 63n);

/** Reads the whole log and recomputes every link. Returns the end of the log, or the first event that does not match. */
export const verifyAuditChain = async (noted?: AuditHead): Promise<ChainReport> => {
  let last = { seq: 0n, hash: CHAIN_START };
  let count = 0;
  for await (const event of readChain()) {
    const fault = findFault(event, last, noted);
    if (fault) return { fault, seq: fault === "missing" ? last.seq + 1n : event.seq };
    last = event;
    count += 1;
  }
  if (noted && noted.seq > last.seq) return { fault: "missing", seq: last.seq + 1n };
  return { count, head: { seq: last.seq, hash: toHex(last.hash) } };
};

// Events are committed in numerical order, so an event appended meanwhile is either read as well or not there yet.
async function* readChain(): AsyncGenerator<AuditEvent> {
  const { prisma } = await database();
  let after = LOWEST_NUMBER;
  while (true) {
    const where = { seq: { gt: after } };
    const batch = await prisma.auditEvent.findMany({ where, orderBy: { seq: "asc" }, take: BATCH_SIZE });
    yield* batch;
    const last = batch.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

type Link = { seq: bigint; hash: Uint8Array };

function findFault(event: AuditEvent, before: Link, noted: AuditHead | undefined): AuditFault | undefined {
  if (event.seq > before.seq + 1n) return "missing";
  const hash = toHex(event.hash);
  if (toHex(hashAuditEvent(event)) !== hash) return "changed";
  if (toHex(event.previousHash) !== toHex(before.hash) || event.seq !== before.seq + 1n) return "unlinked";
  return event.seq === noted?.seq && hash !== noted.hash ? "noted" : undefined;
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
