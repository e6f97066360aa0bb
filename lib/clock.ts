// Next compiles its own copy of this module; the process has one clock.
const shared = globalThis as { boringClockDifference?: number };

/**
 * What time it is by the clock by which everything is decided that is stored: the database's, which all instances share,
 * as far as it is known here. In a browser, and beside an embedded database, it is the computer's own.
 */
export const currentTime = (): number => Date.now() + currentClockDifference();

/** The same as a date. */
export const currentMoment = (): Date => new Date(currentTime());

/** By how many milliseconds that clock is ahead of this computer's. */
export const currentClockDifference = (): number => shared.boringClockDifference ?? 0;

/** Sets by how many milliseconds it is ahead. */
export const setClockDifference = (milliseconds: number): void => {
  shared.boringClockDifference = milliseconds;
};
