import { z } from "zod";
import { listConnectors } from "#lib/networks/registry";
import { POST_STATUSES } from "#lib/posts/schema";
import { rule } from "#lib/problems/problem";

const networks = listConnectors().map(({ network }) => network);

/** Which posts `GET /v2/posts` lists. */
export const postFilterSchema = z.object({
  status: z.enum(POST_STATUSES).optional(),
  platform: z.enum(networks).optional(),
  account_id: z.uuid({ error: rule("id_of_account") }).optional(),
});
