import { ownPostFilterSchema } from "#lib/posts/post-filter";
import type { PostFilter } from "#lib/posts/schema";

type SearchParams = Record<string, string | string[] | undefined>;

/** What the address of the page of posts asks for. A filter that nobody can understand is no filter, and `isUnderstood` says so. */
export const readPostQuery = (given: SearchParams): { filter: PostFilter; page: number; isUnderstood: boolean } => {
  // An empty field of the form is sent as well.
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const { success: isUnderstood, data: filter = {} } = ownPostFilterSchema.safeParse(filled);
  const page = typeof given.page === "string" && /^[1-9]\d{0,6}$/.test(given.page) ? Number(given.page) : 1;
  return { filter, page, isUnderstood };
};
