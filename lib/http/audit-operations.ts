import { z } from "zod";
import { auditEventSchema, auditFilterSchema, MAX_EXPORTED_EVENTS } from "#lib/audit/schema";
import { listEnvelopeSchema, pageQuerySchema } from "#lib/http/list-envelope";
import { defineMemberOperation } from "#lib/http/operation";

export const listAuditEventsOperation = defineMemberOperation({
  id: "listAuditEvents",
  act: "organization.read",
  method: "GET",
  path: "/api/audit-events",
  summary: "What happened in the organization and to the signed-in user's sessions, newest first",
  query: auditFilterSchema.safeExtend(pageQuerySchema.shape),
  answer: { status: 200, description: "One page of events", schema: listEnvelopeSchema(auditEventSchema) },
  errors: [404],
});

export const exportAuditEventsOperation = defineMemberOperation({
  id: "exportAuditEvents",
  act: "organization.read",
  method: "GET",
  path: "/api/audit-events.csv",
  summary: `The same events as a file for spreadsheets, the newest ${MAX_EXPORTED_EVENTS}`,
  page: "/account/security",
  query: auditFilterSchema,
  answer: { status: 200, description: "One line an event", mediaType: "text/csv", schema: z.string() },
  errors: [],
});
