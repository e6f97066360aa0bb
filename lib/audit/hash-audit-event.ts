import { createHash } from "node:crypto";
import type { AuditEvent } from "#lib/db/generated/client";

/** What the first event follows. */
export const CHAIN_START: Uint8Array<ArrayBuffer> = new Uint8Array(32);

/** The link that an event is in the chain: SHA-256 over all of it, and over the link before it, in one JSON array. */
export const hashAuditEvent = (event: Omit<AuditEvent, "hash">): Uint8Array<ArrayBuffer> => {
  const members = [
    event.seq.toString(),
    event.at.toISOString(),
    event.userId,
    event.action,
    event.actor,
    event.sessionId,
    event.keyId,
    event.address,
    event.userAgent,
    event.details,
    Buffer.from(event.previousHash).toString("hex"),
  ];
  return new Uint8Array(createHash("sha256").update(JSON.stringify(members)).digest());
};
