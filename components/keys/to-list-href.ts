import type { KeyQuery } from "#lib/keys/schema";

/** The address that shows the list for a query. Defaults are left out. */
export const toListHref = (path: string, query: KeyQuery): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given as [string, string][])}`;
};
