import { listEnvelopeSchema, pageQuerySchema } from "#lib/http/list-envelope";
import { defineMemberOperation } from "#lib/http/operation";
import { keyRequestSchema, requestFilterSchema, usageQuerySchema, usageSchema } from "#lib/usage/schema";

export const readUsageOperation = defineMemberOperation({
  id: "readUsage",
  act: "organization.read",
  method: "GET",
  path: "/api/keys/{keyId}/usage",
  summary: "How many requests an API key was presented with, by outcome, hour by hour or day by day",
  query: usageQuerySchema,
  answer: { status: 200, description: "The counts, complete", schema: usageSchema },
  errors: [404],
});

export const listRequestsOperation = defineMemberOperation({
  id: "listRequests",
  act: "organization.read",
  method: "GET",
  path: "/api/keys/{keyId}/requests",
  summary: "An API key's recent requests, newest first; of many in a short time, only the newest are kept",
  query: requestFilterSchema.extend(pageQuerySchema.shape),
  answer: { status: 200, description: "One page of requests", schema: listEnvelopeSchema(keyRequestSchema) },
  errors: [404],
});
