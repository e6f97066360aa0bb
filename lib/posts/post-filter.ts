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

/** Which posts the console lists: also one alone, so that it has an address. */
export const ownPostFilterSchema = postFilterSchema.extend({
  id: z.uuid({ error: "Expected the id of a post." }).optional(),
});
