import { processState } from "#lib/process-state";

declare module "#lib/process-state" {
  interface ProcessState {
    clockDifference?: number;
  }
}

/**
 * The current time in milliseconds, by the clock that decides about stored data: the database's, which all instances share,
 * as far as this process knows it. In a browser, or with an embedded database, it is the computer's own clock.
 */
export const currentTime = (): number => Date.now() + currentClockDifference();

/** The same as a `Date`. */
export const currentMoment = (): Date => new Date(currentTime());

/** How many milliseconds the database's clock is ahead of this computer's. */
export const currentClockDifference = (): number => processState.clockDifference ?? 0;

/** Sets how many milliseconds the database's clock is ahead. */
export const setClockDifference = (milliseconds: number): void => {
  processState.clockDifference = milliseconds;
};
