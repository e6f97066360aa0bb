import { startKeeping } from "#lib/accounts/keep-connections";
import { database } from "#lib/db/database";
import type { Claim, DueTable } from "#lib/due/claim";
import { type Caps, workOff } from "#lib/due/work-off";
import { settings } from "#lib/env";
import { MAILS, readClaimed as readMails, sendClaimed } from "#lib/mail/send-mail";
import { notePresence, POSTS, type PostClaim, readClaimed } from "#lib/publishing/due-posts";
import { publishClaimed } from "#lib/publishing/publish-post";
import { DELIVERIES, deliverClaimed, readClaimed as readDeliveries } from "#lib/webhooks/deliver-webhook";

// One account or endpoint may use at most half of the process's slots.
const POSTS_AT_ONCE: Caps = { atOnce: 40, perLane: 20 };
const DELIVERIES_AT_ONCE: Caps = { atOnce: 160, perLane: 80 };
const MAILS_AT_ONCE: Caps = { atOnce: 8, perLane: 4 };

/** What stops the loops of this process. */
let stops: (() => Promise<void>)[] = [];

/**
 * Starts to publish posts, deliver webhooks, send mails and keep connections in this process. A polite worker yields while
 * the process is busy.
 */
export const startWorker = async ({ isPolite }: { isPolite: boolean }): Promise<void> => {
  await takeOver();
  await notePresence();
  stops = [
    workOff<PostClaim>({
      ...{ table: POSTS, ...POSTS_AT_ONCE, isPolite, beforeLook: notePresence },
      handle: (claims) => handleEach(claims, readClaimed, publishClaimed),
    }),
    workOff<Claim>({
      ...{ table: DELIVERIES, ...DELIVERIES_AT_ONCE, isPolite },
      handle: (claims) => handleEach(claims, readDeliveries, deliverClaimed),
    }),
    startKeeping(),
    ...(settings().mail ? [workOffMails(isPolite)] : []),
  ];
};

function workOffMails(isPolite: boolean): () => Promise<void> {
  return workOff<Claim>({
    ...{ table: MAILS, ...MAILS_AT_ONCE, isPolite },
    handle: (claims) => handleEach(claims, readMails, sendClaimed),
  });
}

/** Stops claiming work and waits for the work under way. The next worker handles whatever is left. */
export const stopWorker = async (): Promise<void> => {
  const stopping = stops.map((stop) => stop());
  stops = [];
  await Promise.all(stopping);
};

// Rows that were claimed together are read with one query.
function handleEach<Found extends Claim, Row>(
  claims: Found[],
  read: (claims: Found[]) => Promise<Map<string, Row>>,
  handle: (row: Row) => Promise<unknown>,
): Promise<unknown>[] {
  if (claims.length === 0) return [];
  const reading = read(claims);
  return claims.map(async ({ id }) => {
    const row = (await reading).get(id);
    if (row) await handle(row);
  });
}

// Only one process can use the embedded database, so any claim from before this start has been abandoned.
async function takeOver(): Promise<void> {
  const { prisma, connection } = await database();
  if (connection.kind !== "pglite") return;
  for (const { name } of [POSTS, DELIVERIES, MAILS] satisfies DueTable[]) {
    await prisma.$executeRawUnsafe(`UPDATE ${name} SET wake_at = clock_timestamp() WHERE claim_id IS NOT NULL`);
  }
}
