import type { PostFilter } from "#lib/posts/schema";

/** A filter and a page as the query of an address, without defaults. */
export const toPostsQuery = (filter: PostFilter, page = 1): string => {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${new URLSearchParams([...given, ...(page > 1 ? [["page", `${page}`]] : [])])}`;
};
