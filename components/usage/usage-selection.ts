import { z } from "zod";
import { periodSchema } from "#lib/usage/schema";

/** What the address of a key's usage page selects; what it cannot mean is left aside, but for the page. */
export const usageSelectionSchema = z.object({
  period: periodSchema.catch("24h"),
  show: z.literal("refused").optional().catch(undefined),
  page: z.string().default("1").catch(""),
});
export type UsageSelection = z.infer<typeof usageSelectionSchema>;

/** Leads to the same page with something else selected, from the first row on unless a page is given. */
export const toSelectionHref = (selection: UsageSelection, changes: Partial<UsageSelection>): string => {
  const { period, show, page } = { ...selection, page: "1", ...changes };
  return `?${new URLSearchParams({ period, ...(show && { show }), ...(page !== "1" && { page }) })}`;
};
