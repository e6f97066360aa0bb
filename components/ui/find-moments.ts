import { readerAhead } from "#components/ui/reader-zone";

const DAY_MILLISECONDS = 86_400_000;

/**
 * When the reader's clocks show a time: once, twice when they are put back, or never when they are put forward. For a
 * skipped time, `at` is the moment by the clocks before the change.
 */
export type Moments =
  | { kind: "once"; at: Date }
  | { kind: "twice"; at: Date; again: Date }
  | { kind: "never"; at: Date };

/**
 * The moments of a time in the reader's zone, in the format of date fields: `2030-01-31T09:00`. Undefined for an invalid
 * date or a year without four digits.
 */
export const findMoments = (local: string): Moments | undefined => {
  const wall = readWall(local);
  if (wall === undefined) return undefined;
  // No zone changes twice within two days, so these are the only possible UTC offsets.
  const [before, after] = [readerAhead(wall - DAY_MILLISECONDS), readerAhead(wall + DAY_MILLISECONDS)];
  const [first, second] = [wall - before, wall - after];
  const isFirst = first + readerAhead(first) === wall;
  const isSecond = second + readerAhead(second) === wall;
  if (isFirst && isSecond && first !== second) return { kind: "twice", at: new Date(first), again: new Date(second) };
  if (isFirst || isSecond) return { kind: "once", at: new Date(isFirst ? first : second) };
  return { kind: "never", at: new Date(first) };
};

/** The last second of a day in the reader's zone, even on a day with a clock change. */
export const findEndOfDay = (day: string): Date | undefined => {
  const wall = readWall(`${day}T00:00`);
  if (wall === undefined) return undefined;
  const next = findMoments(new Date(wall + DAY_MILLISECONDS).toISOString().slice(0, 16));
  return next && new Date(next.at.getTime() - 1000);
};

// The time read as UTC. `Date` accepts the 31st of every month and moves it to the next.
function readWall(local: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(local)) return undefined;
  const wall = new Date(`${local}Z`);
  if (Number.isNaN(wall.getTime())) return undefined;
  return wall.toISOString().startsWith(local.slice(0, 16)) ? wall.getTime() : undefined;
}
