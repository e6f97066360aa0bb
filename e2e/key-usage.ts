import type { User } from "#lib/testing/console/user";

type Counts = Record<"ok" | "client_error" | "server_error" | "limited" | "refused", number>;

export const NO_REQUESTS: Counts = { ok: 0, client_error: 0, server_error: 0, limited: 0, refused: 0 };

/** How many requests a key had, by outcome. */
export const readTotals = async (user: User, id: string, period = "24h") =>
  (await user.ask(`/api/keys/${id}/usage?period=${period}`)).json.totals as Counts;

/** A key's recent requests, newest first. */
export const readRequests = async (user: User, id: string, query = "") =>
  (await user.ask(`/api/keys/${id}/requests${query}`)).json.results as Record<string, unknown>[];
