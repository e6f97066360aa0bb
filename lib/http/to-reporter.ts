import type { Actor } from "#lib/audit/schema";
import { readVisitor } from "#lib/auth/read-visitor";
import type { RequestHeaders } from "#lib/http/route";

/** The actor for a leak report that comes without an account, with the address that it came from. */
export const toReporter = <Kind extends "report" | "github">(
  kind: Kind,
  headers: RequestHeaders,
): Actor & { kind: Kind } => {
  const { ipAddress: address, userAgent } = readVisitor(headers);
  return { kind, organizationId: null, address, userAgent };
};
