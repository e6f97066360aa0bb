/** The time zone that the reader chose for the console. Undefined when it is their computer's. */
export const findReaderZone = (): string | undefined =>
  typeof document === "undefined" ? undefined : document.documentElement.dataset.timeZone;

/** How far the reader's clocks are ahead of UTC at a moment, in milliseconds. */
export const readerAhead = (moment: number, zone = findReaderZone()): number => {
  if (!zone) return -new Date(moment).getTimezoneOffset() * 60_000;
  // Swedish dates are written as in ISO 8601.
  const wall = new Date(moment).toLocaleString("sv", { timeZone: zone }).padStart(19, "0").replace(" ", "T");
  return Date.parse(`${wall}Z`) - Math.floor(moment / 1000) * 1000;
};
