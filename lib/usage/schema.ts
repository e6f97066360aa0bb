import { z } from "zod";

/**
 * The outcome of a request that presented a key. `refused` means that the key is real but was refused (disabled, expired,
 * used from another address, or beyond its scopes).
 */
export const OUTCOMES = ["ok", "client_error", "server_error", "limited", "refused"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a real key was refused. */
export const REFUSALS = ["disabled", "expired", "wrong_environment", "address", "scope"] as const;
export type Refusal = (typeof REFUSALS)[number];

export const PERIODS = ["24h", "7d", "30d"] as const;
export const periodSchema = z.enum(PERIODS);
export type Period = z.infer<typeof periodSchema>;

/** How many days a sparkline covers, including today. */
export const SPARKLINE_DAYS = 30;

/** Query of `GET /api/keys/{keyId}/usage`. */
export const usageQuerySchema = z.object({ period: periodSchema.default("24h") });

const momentSchema = z.iso.datetime({ precision: 0 });

const countsSchema = z.object({
  ok: z.int(),
  client_error: z.int(),
  server_error: z.int(),
  limited: z.int(),
  refused: z.int(),
});
export type Counts = z.infer<typeof countsSchema>;

/** A key's requests by outcome, for each hour or day (UTC). Every hour or day of the period is present. */
export const usageSchema = z.object({
  period: periodSchema,
  bucket: z.enum(["hour", "day"]),
  totals: countsSchema,
  buckets: z.array(countsSchema.extend({ start: momentSchema })),
});
export type Usage = z.infer<typeof usageSchema>;

/** Which requests `GET /api/keys/{keyId}/requests` lists. */
export const requestFilterSchema = z.object({
  refused: z.enum(["true", "false"]).optional(),
});

/** One of a key's recent requests, as its owner sees it. */
export const keyRequestSchema = z.object({
  request_id: z.uuid(),
  at: momentSchema,
  method: z.string(),
  route: z.string(),
  status: z.int(),
  refusal: z.enum(REFUSALS).nullable(),
  milliseconds: z.number(),
  address: z.string(),
  user_agent: z.string().nullable(),
});
export type KeyRequest = z.infer<typeof keyRequestSchema>;
