import { currentTime } from "#lib/clock";
import { database } from "#lib/db/database";
import { settings } from "#lib/env";
import { log, scrub, toLogFields } from "#lib/log";
import type { Outcome, Refusal } from "#lib/usage/schema";

const FLUSH_DELAY_SECONDS = 2;
const HOUR_MILLISECONDS = 3_600_000;

type Notes = {
  /** Counts not yet written, by key, outcome and hour. */
  pending: Map<string, Tally>;
  timer: NodeJS.Timeout | undefined;
  /** The write in progress. */
  writing: Promise<void> | undefined;
};

const notes: Notes = { pending: new Map(), timer: undefined, writing: undefined };

/**
 * Records a request that presented a key. Returns at once. Every request is counted within seconds, or at a clean shutdown.
 * Under heavy load only the newest requests are kept as rows: about 20 for each outcome of a key in two seconds.
 */
export const noteRequest = (request: NotedRequest): void => {
  if (settings().usageRetentionDays === 0) return;
  const at = currentTime();
  const tally = openTally(request.keyId, toOutcome(request), at - (at % HOUR_MILLISECONDS));
  tally.count++;
  tally.kept.push({ ...request, at });
  if (tally.kept.length === KEPT_OF_A_TALLY * 2) tally.kept.splice(0, KEPT_OF_A_TALLY);
  schedule();
};

/** Writes everything pending. For a clean shutdown. */
export const flushRequests = async (): Promise<void> => {
  clearTimeout(notes.timer);
  notes.timer = undefined;
  await notes.writing;
  await write();
};

function openTally(keyId: string, outcome: Outcome, hour: number): Tally {
  const name = `${keyId} ${outcome} ${hour}`;
  const known = notes.pending.get(name);
  if (known) return known;
  const tally = { keyId, outcome, hour, count: 0, kept: [] };
  notes.pending.set(name, tally);
  return tally;
}

function toOutcome({ status, refusal }: NotedRequest): Outcome {
  if (refusal !== undefined) return "refused";
  if (status === 429) return "limited";
  if (status >= 500) return "server_error";
  return status >= 400 ? "client_error" : "ok";
}

function schedule(): void {
  notes.timer ??= setTimeout(() => {
    notes.writing = write().catch((error) => {
      log("warn", "The requests of keys could not be counted; the server will try again", toLogFields(error));
    });
    void notes.writing.finally(() => {
      notes.timer = undefined;
      if (notes.pending.size > 0) schedule();
    });
  }, FLUSH_DELAY_SECONDS * 1000).unref();
}

async function write(): Promise<void> {
  const { pending } = notes;
  if (pending.size === 0) return;
  notes.pending = new Map();
  try {
    await writeTallies([...pending.values()]);
  } catch (error) {
    for (const tally of pending.values()) putBack(tally);
    throw error;
  }
}

function putBack({ keyId, outcome, hour, count, kept }: Tally): void {
  const tally = openTally(keyId, outcome, hour);
  tally.count += count;
  tally.kept = [...kept, ...tally.kept].slice(-KEPT_OF_A_TALLY);
}

/** An answered request that presented a key. */
export type NotedRequest = {
  /** The value of its answer's `X-Request-Id`. */
  id: string;
  keyId: string;
  method: string;
  /** The route's pattern, `/v2/posts/{postId}`. The path itself is not recorded. */
  route: string;
  status: number;
  /** Why the key was refused, if it was. */
  refusal?: Refusal | undefined;
  milliseconds: number;
  address: string;
  userAgent: string | null;
};

/** How many requests of a key had one outcome in one hour, with a sample of them. */
type Tally = {
  keyId: string;
  hour: number;
  outcome: Outcome;
  count: number;
  /** The newest requests, oldest first. */
  kept: (NotedRequest & { at: number })[];
};

const KEPT_OF_A_TALLY = 20;
const KEPT_AT_ONCE = 200;
const MAX_USER_AGENT_LENGTH = 256;

/**
 * Adds the counts to their hours, and the newest requests of each tally to the key's rows: 20, or fewer when there are many
 * tallies, but at least one. Atomic. Skips deleted keys.
 */
const writeTallies = async (tallies: Tally[]): Promise<void> => {
  const { prisma } = await database();
  const each = Math.max(1, Math.min(KEPT_OF_A_TALLY, Math.floor(KEPT_AT_ONCE / tallies.length)));
  const requests = tallies.flatMap(({ kept }) => kept.slice(-each));
  // In a fixed order, so that two instances cannot deadlock.
  await prisma.$transaction([
    prisma.$executeRaw`
      INSERT INTO key_usage AS known (key_id, hour, outcome, count)
      SELECT noted.* FROM unnest(
        ${tallies.map(({ keyId }) => keyId)}::uuid[],
        ${tallies.map(({ hour }) => toText(hour))}::timestamptz[],
        ${tallies.map(({ outcome }) => outcome)}::text[],
        ${tallies.map(({ count }) => count)}::int[]
      ) AS noted (key_id, hour, outcome, count)
      JOIN api_keys k ON k.id = noted.key_id AND k.revoked_at IS NULL
      ORDER BY noted.key_id, noted.hour, noted.outcome
      ON CONFLICT (key_id, hour, outcome) DO UPDATE SET count = known.count + excluded.count`,
    prisma.$executeRaw`
      INSERT INTO key_requests (id, key_id, at, method, route, status, refusal, milliseconds, address, user_agent)
      SELECT noted.* FROM unnest(
        ${requests.map(({ id }) => id)}::uuid[],
        ${requests.map(({ keyId }) => keyId)}::uuid[],
        ${requests.map(({ at }) => toText(at))}::timestamptz[],
        ${requests.map(({ method }) => method)}::text[],
        ${requests.map(({ route }) => route)}::text[],
        ${requests.map(({ status }) => status)}::int[],
        ${requests.map(({ refusal }) => refusal ?? null)}::text[],
        ${requests.map(({ milliseconds }) => milliseconds)}::real[],
        ${requests.map(({ address }) => address)}::text[],
        ${requests.map(({ userAgent }) => userAgent && scrub(userAgent).slice(0, MAX_USER_AGENT_LENGTH))}::text[]
      ) AS noted (id, key_id, at, method, route, status, refusal, milliseconds, address, user_agent)
      JOIN api_keys k ON k.id = noted.key_id AND k.revoked_at IS NULL
      ON CONFLICT (id) DO NOTHING`,
  ]);
};

function toText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
