import type { KeyQuery } from "#lib/keys/schema";

/** The address of the list as a query shows it; what is not asked for is not in it. */
export const toListHref = (path: string, query: KeyQuery): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given as [string, string][])}`;
};
