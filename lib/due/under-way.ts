import { ClaimLostError } from "#lib/due/claim";
import type { DueTable } from "#lib/due/due-table";
import { log, toLogFields } from "#lib/log";

/** How much of a table a process sees to at once, and of one lane. */
export type Caps = { atOnce: number; perLane: number };

/** What of a table is under way in this process. */
export type UnderWay = {
  caps: Caps;
  work: Map<string, { lane: string; ended: Promise<unknown> }>;
  /** How little of it is left when it is time for another look, for what the caps may have left out at the last one. */
  lowMark: number;
  /** Whether something may have become due since the last look. */
  isWoken: boolean;
  /** Ends the pause before the next look. */
  wake: (() => void) | undefined;
};

// Next compiles its own copy of this module; the process is one.
const shared = globalThis as { boringUnderWay?: Partial<Record<DueTable["name"], UnderWay>> };

/** What of a table is under way in this process, whoever began it. */
export const underWayOf = ({ name }: DueTable): UnderWay => {
  shared.boringUnderWay ??= {};
  const { boringUnderWay: all } = shared;
  all[name] ??= { caps: { atOnce: 0, perLane: 0 }, work: new Map(), lowMark: 0, isWoken: false, wake: undefined };
  return all[name];
};

/** Whether this process may see to one more row of a lane. It may not before its worker has started. */
export const hasRoom = (table: DueTable, lane: string): boolean => {
  const { caps, work } = underWayOf(table);
  if (work.size >= caps.atOnce) return false;
  return [...work.values()].filter((other) => other.lane === lane).length < caps.perLane;
};

/**
 * Counts a row's work as under way until it ends. Never throws: a lost claim is somebody else's now, and what could not be
 * written down is taken up again when the claim lapses.
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
      log("warn", "What was due could not be seen to; it will be taken up again", toLogFields(error));
    }
    return undefined;
  } finally {
    if (underWay.work.get(id)?.ended === work) underWay.work.delete(id);
    if (underWay.isWoken || underWay.work.size <= underWay.lowMark) underWay.wake?.();
  }
};

/** Has the loop of this process look at a table now, because something in it may have become due. */
export const wake = (table: DueTable): void => {
  const underWay = underWayOf(table);
  underWay.isWoken = true;
  if (underWay.work.size < underWay.caps.atOnce) underWay.wake?.();
};
