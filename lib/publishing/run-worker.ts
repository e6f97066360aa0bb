import { database } from "#lib/db/database";
import type { Claim, DueTable } from "#lib/due/claim";
import { type Caps, workOff } from "#lib/due/work-off";
import { notePresence, POSTS, type PostClaim, readClaimed } from "#lib/publishing/due-posts";
import { publishClaimed } from "#lib/publishing/publish-post";
import { DELIVERIES, deliverClaimed, readClaimed as readDeliveries } from "#lib/webhooks/deliver-webhook";

// Half of what a process does at once may be of one account or endpoint.
const POSTS_AT_ONCE: Caps = { atOnce: 40, perLane: 20 };
const DELIVERIES_AT_ONCE: Caps = { atOnce: 160, perLane: 80 };

// Next compiles its own copy of this module; the process has one worker.
const shared = globalThis as { boringWorker?: (() => Promise<void>)[] };

/** Starts publishing posts and delivering webhooks in this process, stepping back for others if it is polite. */
export const startWorker = async ({ isPolite }: { isPolite: boolean }): Promise<void> => {
  await takeOver();
  await notePresence();
  shared.boringWorker = [
    workOff<PostClaim>({
      ...{ table: POSTS, ...POSTS_AT_ONCE, isPolite, beforeLook: notePresence },
      handle: (claims) => handleEach(claims, readClaimed, publishClaimed),
    }),
    workOff<Claim>({
      ...{ table: DELIVERIES, ...DELIVERIES_AT_ONCE, isPolite },
      handle: (claims) => handleEach(claims, readDeliveries, deliverClaimed),
    }),
  ];
};

/** Stops taking up work and waits for what is under way; whatever is left is taken up by the next worker. */
export const stopWorker = async (): Promise<void> => {
  const stopping = (shared.boringWorker ?? []).map((stop) => stop());
  shared.boringWorker = [];
  await Promise.all(stopping);
};

// What was claimed together is read together.
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

// The embedded database has one process at a time, so whatever was under way before this start is not any more.
async function takeOver(): Promise<void> {
  const { prisma, connection } = await database();
  if (connection.kind !== "pglite") return;
  for (const { name } of [POSTS, DELIVERIES] satisfies DueTable[]) {
    await prisma.$executeRawUnsafe(`UPDATE ${name} SET wake_at = clock_timestamp() WHERE claim_id IS NOT NULL`);
  }
}
