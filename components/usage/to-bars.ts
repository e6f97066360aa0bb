import { type Counts, OUTCOMES, type Outcome, type Usage } from "#lib/usage/schema";

/** A part of a bar, in pixels from the chart's top. */
export type Segment = { outcome: Outcome; top: number; height: number };
export type Bar = { start: string; total: number; segments: Segment[] };

const LEAST_HEIGHT = 2;

/** The bars of a chart of this height, and the round number at its top. Even the smallest segment is visible. */
export const toBars = (buckets: Usage["buckets"], height: number): { bars: Bar[]; max: number } => {
  const totals = buckets.map((bucket) => OUTCOMES.reduce((sum, outcome) => sum + bucket[outcome], 0));
  const max = roundUp(Math.max(1, ...totals));
  const bars = buckets.map((bucket, index) => ({
    start: bucket.start,
    total: totals[index] ?? 0,
    segments: toSegments(bucket, height / max, height),
  }));
  return { bars, max };
};

function toSegments(counts: Counts, scale: number, limit: number): Segment[] {
  const outcomes = OUTCOMES.filter((outcome) => counts[outcome] > 0);
  const heights = outcomes.map((outcome) => Math.max(LEAST_HEIGHT, counts[outcome] * scale));
  // Small segments are enlarged to be visible. When the bar is full, the largest one shrinks by the excess.
  const excess = Math.max(0, heights.reduce((sum, height) => sum + height, 0) - limit);
  const largest = heights.indexOf(Math.max(...heights));
  let top = limit;
  return outcomes.map((outcome, index) => {
    const height = (heights[index] ?? 0) - (index === largest ? excess : 0);
    top -= height;
    return { outcome, top, height };
  });
}

function roundUp(count: number): number {
  const power = 10 ** Math.floor(Math.log10(count));
  return ([1, 2, 3, 4, 5, 6, 8].find((step) => step * power >= count) ?? 10) * power;
}
