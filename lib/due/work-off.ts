import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { type Claim, ClaimLostError, claimMany, type DueTable } from "#lib/due/claim";
import { log, toLogFields } from "#lib/log";

/** How a process works through a table. */
type Work<Found extends Claim> = Caps & {
  table: DueTable;
  /** Whether the loop yields while the process is busy with other work. */
  isPolite: boolean;
  /** Handles the rows that were claimed together. Returns one promise per row, in the same order. */
  handle: (claims: Found[]) => Promise<unknown>[];
  /** Runs before each poll. */
  beforeLook?: () => Promise<void>;
};

// The polling interval: a row that becomes due is found this soon, even if another process wrote it.
const LOOK_MILLISECONDS = 1000;
const CONTENDED_MILLISECONDS = 20;
// Claiming one row takes as long as claiming many, so rows are batched.
const LOW_SHARE = 3 / 4;

/**
 * Works through a table's due rows until stopped. Returns a function that stops it and resolves once nothing is under way.
 */
export const workOff = <Found extends Claim>(work: Work<Found>): (() => Promise<void>) => {
  const underWay = underWayOf(work.table);
  underWay.caps = { atOnce: work.atOnce, perLane: work.perLane };
  const stopping = new AbortController();
  const ended = loop(work, underWay, stopping.signal);
  return async () => {
    underWay.caps = { atOnce: 0, perLane: 0 };
    stopping.abort();
    await ended;
    await Promise.allSettled([...underWay.work.values()].map((row) => row.ended));
  };
};

async function loop<Found extends Claim>(work: Work<Found>, underWay: UnderWay, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const begun = performance.now();
    let found: Look = { claimed: [], foundRows: 0 };
    try {
      found = await look(work, underWay);
    } catch (error) {
      log("warn", "Due work could not be looked up; the server will try again", toLogFields(error));
    }
    if (work.isPolite && found.claimed.length > 0) await stepBack(found.claimed, begun, stopping);
    if (stopping.aborted) return;
    // Other processes claimed rows first. More rows may be left.
    if (found.foundRows > found.claimed.length) await setTimeout(CONTENDED_MILLISECONDS * Math.random());
    else await untilWoken(underWay, stopping);
  }
}

type Look = { claimed: Promise<unknown>[]; foundRows: number };

async function look<Found extends Claim>(work: Work<Found>, underWay: UnderWay): Promise<Look> {
  const { table, atOnce, perLane, handle, beforeLook } = work;
  await beforeLook?.();
  underWay.isWoken = false;
  const limit = atOnce - underWay.work.size;
  if (limit <= 0) return { claimed: [], foundRows: 0 };
  const lanesUnderWay = [...underWay.work.values()].map(({ lane }) => lane);
  const { claims, foundRows } = await claimMany<Found>(table, { limit, perLane, lanesUnderWay });
  const promises = handle(claims);
  const claimed = claims.map((claim, index) => keepUnderWay(table, claim, promises[index] ?? Promise.resolve()));
  underWay.lowMark = Math.floor(underWay.work.size * LOW_SHARE);
  return { claimed, foundRows };
}

// Waits until a row may be due, or until there is room for rows that the caps left out.
async function untilWoken(underWay: UnderWay, stopping: AbortSignal): Promise<void> {
  const { work, lowMark, caps } = underWay;
  if (lowMark > 0 && work.size <= lowMark) return;
  if (underWay.isWoken && work.size < caps.atOnce) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stopping.removeEventListener("abort", end);
      resolve();
    };
    const timer = globalThis.setTimeout(end, LOOK_MILLISECONDS);
    stopping.addEventListener("abort", end);
    underWay.wake = end;
  });
  underWay.wake = undefined;
}

// Lets the loop's own work finish first, so that it measures only other work on the event loop. It does not wait longer for
// a slow network.
const STEP_MILLISECONDS = 1000;
const LISTENING_MILLISECONDS = 10;
/** While other work needs the process, the loop rests this many times as long as it worked. */
const MODESTY = 30;
const LONGEST_REST_MILLISECONDS = 3000;

async function stepBack(claimed: Promise<unknown>[], begun: number, stopping: AbortSignal): Promise<void> {
  const rest = (milliseconds: number) => setTimeout(milliseconds, undefined, { signal: stopping }).catch(() => {});
  await Promise.race([Promise.allSettled(claimed), rest(STEP_MILLISECONDS)]);
  const worked = performance.now() - begun;
  const before = performance.eventLoopUtilization();
  await rest(LISTENING_MILLISECONDS);
  if (performance.eventLoopUtilization(before).utilization < 0.5) return;
  await rest(Math.min(worked * MODESTY, LONGEST_REST_MILLISECONDS));
}

/** How many rows of a table a process works on at once: in total, and per lane. */
export type Caps = { atOnce: number; perLane: number };

/** A table's work under way in this process. */
type UnderWay = {
  caps: Caps;
  work: Map<string, { lane: string; ended: Promise<unknown> }>;
  /** When this few rows are left, the loop polls again for rows that the caps may have left out last time. */
  lowMark: number;
  /** Whether a row may have become due since the last poll. */
  isWoken: boolean;
  /** Ends the wait before the next poll. */
  wake: (() => void) | undefined;
};

const all: Partial<Record<DueTable["name"], UnderWay>> = {};

/** A table's work under way in this process, no matter which code started it. */
export const underWayOf = ({ name }: DueTable): UnderWay => {
  all[name] ??= { caps: { atOnce: 0, perLane: 0 }, work: new Map(), lowMark: 0, isWoken: false, wake: undefined };
  return all[name];
};

/** Whether this process may take one more row of a lane. Always false before its worker has started. */
export const hasRoom = (table: DueTable, lane: string): boolean => {
  const { caps, work } = underWayOf(table);
  if (work.size >= caps.atOnce) return false;
  return [...work.values()].filter((other) => other.lane === lane).length < caps.perLane;
};

/**
 * Counts a row's work as under way until it ends. Never throws. A row whose claim was lost belongs to another process; a
 * row whose result could not be written is claimed again after its lease expires.
 */
export const keepUnderWay = async <Result>(
  table: DueTable,
  { id, lane }: { id: string; lane: string },
  work: Promise<Result>,
): Promise<Result | undefined> => {
  const underWay = underWayOf(table);
  underWay.work.set(id, { lane, ended: work });
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ClaimLostError)) {
      log("warn", "Due work could not be finished; the server will try again", toLogFields(error));
    }
    return undefined;
  } finally {
    if (underWay.work.get(id)?.ended === work) underWay.work.delete(id);
    if (underWay.isWoken || underWay.work.size <= underWay.lowMark) underWay.wake?.();
  }
};

/** Makes this process's loop poll a table now, because a row may have become due. */
export const wake = (table: DueTable): void => {
  const underWay = underWayOf(table);
  underWay.isWoken = true;
  if (underWay.work.size < underWay.caps.atOnce) underWay.wake?.();
};
