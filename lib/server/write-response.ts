import type { ServerResponse } from "node:http";
import { TextResponse } from "#lib/http/text-response";
import type { SecurityHeaders } from "#lib/server/security-headers";

/** Writes a handler's answer, with the security headers, in one piece. The handler's own headers win. */
export const writeResponse = async (
  response: Response,
  outgoing: ServerResponse,
  security: SecurityHeaders,
): Promise<void> => {
  const body = response instanceof TextResponse ? response.content : await readBody(response);
  const head: string[] = [];
  for (const [name, value] of response.headers) head.push(name, value);
  for (const [name, value] of security.data) if (!response.headers.has(name)) head.push(name, value);
  if (body !== undefined) head.push("Content-Length", String(Buffer.byteLength(body)));
  outgoing.writeHead(response.status, head);
  outgoing.end(body);
};

async function readBody(response: Response): Promise<Buffer | undefined> {
  return response.body === null ? undefined : Buffer.from(await response.arrayBuffer());
}
