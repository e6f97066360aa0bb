import type { ApiError } from "#lib/errors";

/** How an error looks: `error` for callers with `boring-api-key` or no credential, `detail` for `Authorization`. */
export type Dialect = "error" | "detail";

/** The dialect of the header that the credential came in. */
export const dialectOf = (headers: Headers): Dialect =>
  headers.has("authorization") && !headers.has("boring-api-key") ? "detail" : "error";

/** The body of an error answer in a dialect. */
export const toErrorBody = (error: ApiError, dialect: Dialect): Record<string, unknown> => {
  if (dialect === "detail") return error.fields ?? { detail: error.detail ?? error.message, ...error.members };
  const fields = error.fields && { fields: error.fields };
  return { error: error.code, message: error.message, ...error.members, ...fields };
};
