import { z } from "zod";
import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import { rule, say } from "#lib/problems/problem";

const DEFAULT_PAGE_SIZE = 20;

/** The answer of every list: the total count, one page of results, and the absolute addresses of the neighbouring pages. */
export const listEnvelopeSchema = <Item>(item: z.ZodType<Item>) =>
  z.object({
    count: z.int(),
    next: z.url().nullable(),
    previous: z.url().nullable(),
    results: z.array(item),
  });

/** A whole number from 1 to 100: text in the query string, a number in the OpenAPI document. */
export const upTo100Schema = z
  .string()
  .refine((text) => /^([1-9]\d?|100)$/.test(text), { error: rule("number_to_100") })
  .meta({ type: "integer", minimum: 1, maximum: 100 });

/** The parameters that every list accepts beside its filters. An invalid page is a 404, so its rule is not here. */
export const pageQuerySchema = z.object({
  page: z.string().meta({ type: "integer", minimum: 1 }).optional(),
  page_size: upTo100Schema.optional(),
});
type PageQuery = z.infer<typeof pageQuerySchema>;

/** Which rows a page holds. Throws 404 `Invalid page.` unless the page is a positive whole number. */
export const toPageRange = ({ page = "1", page_size }: PageQuery): { skip: number; take: number } => {
  if (!/^[1-9]\d{0,8}$/.test(page)) throw invalidPage();
  const take = page_size ? Number(page_size) : DEFAULT_PAGE_SIZE;
  return { skip: (Number(page) - 1) * take, take };
};

/**
 * Wraps one page of results. The links to its neighbours keep every filter of the query. Throws 404 beyond the last page.
 */
export const toListEnvelope = <Item>(path: string, query: PageQuery, count: number, results: Item[]) => {
  const { skip, take } = toPageRange(query);
  if (skip > 0 && skip >= count) throw invalidPage();
  const page = skip / take + 1;
  const toUrl = (to: number): string => {
    const given = Object.entries({ ...query, page: String(to) }).filter(([, value]) => value !== undefined);
    return `${settings().publicUrl}${path}?${new URLSearchParams(given as [string, string][])}`;
  };
  return {
    count,
    next: skip + take < count ? toUrl(page + 1) : null,
    previous: page > 1 ? toUrl(page - 1) : null,
    results,
  };
};

function invalidPage(): ApiError {
  return new ApiError("NotFound", say("page_invalid"));
}
