import { database } from "#lib/db/database";
import { scrub } from "#lib/log";
import type { Outcome, Refusal } from "#lib/usage/schema";

/** A request that a key was presented with, once it was answered. */
export type NotedRequest = {
  /** As its answer's `X-Request-Id` has it. */
  id: string;
  keyId: string;
  method: string;
  /** The route's pattern, `/v2/posts/{postId}`: the path itself stays unknown. */
  route: string;
  status: number;
  /** Why the key was not let in, when it was not. */
  refusal?: Refusal | undefined;
  milliseconds: number;
  address: string;
  userAgent: string | null;
};

/** How many requests of a key had one outcome in one hour, and some of them. */
export type Tally = {
  keyId: string;
  hour: number;
  outcome: Outcome;
  count: number;
  /** The newest, oldest first. */
  kept: (NotedRequest & { at: number })[];
};

export const KEPT_OF_A_TALLY = 20;
const KEPT_AT_ONCE = 200;
const MAX_USER_AGENT_LENGTH = 256;

/**
 * Adds the counts to those of their hours, and of each tally the newest requests to the key's requests: 20, fewer when
 * there are many tallies, one at least. All of it or nothing. Deleted keys are left out.
 */
export const writeTallies = async (tallies: Tally[]): Promise<void> => {
  const { prisma } = await database();
  const each = Math.max(1, Math.min(KEPT_OF_A_TALLY, Math.floor(KEPT_AT_ONCE / tallies.length)));
  const requests = tallies.flatMap(({ kept }) => kept.slice(-each));
  // In one order, so that two instances do not wait for each other's rows.
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
