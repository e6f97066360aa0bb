import type { ServerResponse } from "node:http";
import { TextResponse } from "#lib/http/text-response";
import type { SecurityHeaders } from "#lib/server/security-headers";

/**
 * Writes a handler's answer, with the security headers, in one piece. The handler's own headers win. Returns the
 * answer's request id.
 */
export const writeResponse = async (
  response: Response,
  outgoing: ServerResponse,
  security: SecurityHeaders,
): Promise<string | undefined> => {
  const isText = response instanceof TextResponse;
  const body = isText ? response.content : await readBody(response);
  const own = new Map<string, string>();
  const head: string[] = [];
  for (const [name, value] of isText ? response.fields : response.headers) {
    own.set(name.toLowerCase(), value);
    head.push(name, value);
  }
  for (const [name, value] of security.data) if (!own.has(name.toLowerCase())) head.push(name, value);
  if (body !== undefined) head.push("Content-Length", String(Buffer.byteLength(body)));
  outgoing.writeHead(response.status, head);
  outgoing.end(body);
  return own.get("x-request-id");
};

async function readBody(response: Response): Promise<Buffer | undefined> {
  return response.body === null ? undefined : Buffer.from(await response.arrayBuffer());
}
