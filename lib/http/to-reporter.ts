import type { Actor } from "#lib/audit/schema";
import { readVisitor } from "#lib/auth/read-visitor";

/** Somebody without an account who says that keys have leaked, and from where they say it. */
export const toReporter = <Kind extends "report" | "github">(kind: Kind, headers: Headers): Actor & { kind: Kind } => {
  const { ipAddress: address, userAgent } = readVisitor(headers);
  return { kind, userId: null, address, userAgent };
};
