import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe finds wrong with a page as it stands, and whether it is too wide for a small phone; none is an empty list. */
export const findFaults = async (page: Page, place: string): Promise<string[]> => {
  // Half-way through a change of colours the contrast is neither the old nor the new one.
  await page.evaluate(async () => {
    const endless = Number.POSITIVE_INFINITY;
    const running = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== endless);
    await Promise.allSettled(running.map(({ finished }) => finished));
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const faults = violations.map(({ id, nodes }) => `${place}: ${id} ${nodes[0]?.html.slice(0, 160)}`);
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.setViewportSize({ width: 320, height: 700 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) faults.push(`${place}: ${overflow} pixels too wide at 320`);
  await page.setViewportSize(size);
  return faults;
};
