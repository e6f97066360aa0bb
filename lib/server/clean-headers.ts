import type { IncomingHttpHeaders } from "node:http";
import type { PublicOrigin } from "#lib/server/public-origin";

// Forwarding claims, Next's signals between its own parts, and what other hosts of Next put in front of it.
const UNTRUSTED =
  /^(?:x-(?:forwarded|middleware|nextjs|next|now|matched|invoke|vercel|action|prerender|original|rewrite|real|client|cluster|host|envoy|azure|appengine)(?:-|$)|forwarded$|next-(?:action|resume)|content-security-policy|cf-|true-client|fastly-|fly-|via$)/;

/** Removes from a request, in place, what only the front door may say, and says it anew. */
export const cleanHeaders = (headers: IncomingHttpHeaders, address: string, origin: PublicOrigin): void => {
  for (const name in headers) if (UNTRUSTED.test(name)) delete headers[name];
  headers.host = origin.host;
  headers["x-forwarded-for"] = address;
  headers["x-forwarded-host"] = origin.host;
  headers["x-forwarded-proto"] = origin.protocol;
  headers["x-forwarded-port"] = origin.port;
};
