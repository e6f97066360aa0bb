import { z } from "zod";
import { periodSchema } from "#lib/usage/schema";

/** The selection that the address of a key's usage page holds. Invalid values fall back to defaults, except the page. */
export const usageSelectionSchema = z.object({
  period: periodSchema.catch("24h"),
  show: z.literal("refused").optional().catch(undefined),
  page: z.string().default("1").catch(""),
});
export type UsageSelection = z.infer<typeof usageSelectionSchema>;

/** A link to the same page with some values changed. It leads to the first page unless another is given. */
export const toSelectionHref = (selection: UsageSelection, changes: Partial<UsageSelection>): string => {
  const { period, show, page } = { ...selection, page: "1", ...changes };
  return `?${new URLSearchParams({ period, ...(show && { show }), ...(page !== "1" && { page }) })}`;
};
