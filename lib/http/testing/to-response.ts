import type { RouteAnswer } from "#lib/http/route";

/** A route's answer, to be read as one reads the answer of a server. */
export const toResponse = ({ status, headers, content }: RouteAnswer): Response =>
  new Response(content, { status, headers: [...headers] });
