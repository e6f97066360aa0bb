import { type AuditFilter, auditFilterSchema } from "#lib/audit/schema";

type SearchParams = Record<string, string | string[] | undefined>;

/** What a page's address asks for. A filter that nobody can understand is no filter, and `isUnderstood` says so. */
export const readAuditQuery = (given: SearchParams): { filter: AuditFilter; page: number; isUnderstood: boolean } => {
  // An empty field of the form is sent as well.
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const { success: isUnderstood, data: filter = {} } = auditFilterSchema.safeParse(filled);
  const page = typeof given.page === "string" && /^[1-9]\d{0,6}$/.test(given.page) ? Number(given.page) : 1;
  return { filter, page, isUnderstood };
};
