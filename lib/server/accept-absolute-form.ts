import type { IncomingMessage } from "node:http";
import { checkHost } from "#lib/server/check-request";
import type { PublicOrigin } from "#lib/server/public-origin";
import { isLoopback } from "#lib/setting-formats";

type Asked = Pick<IncomingMessage, "url" | "httpVersion" | "headers"> & {
  socket: { localAddress?: string | undefined; localPort?: number | undefined };
};

/**
 * Turns a request for a whole address of this server into one for its path, in place; the address then counts as the
 * Host (RFC 9112, 3.2.2). Anything else stays as it is, to be refused.
 */
export const acceptAbsoluteForm = (request: Asked, origin: PublicOrigin): void => {
  const { url = "", headers, httpVersion } = request;
  if (url.startsWith("/")) return;
  const [, start, authority = "", rest = ""] = /^(https?:\/\/)([\w.:[\]-]+)((?:[/?].*)?)$/i.exec(url) ?? [];
  const host = start && URL.parse(start + authority)?.host;
  if (!host || checkHost(headers.host, httpVersion) || !ownHosts(request, origin).includes(host)) return;
  request.url = rest.startsWith("/") ? rest : `/${rest}`;
  headers.host = host;
};

function ownHosts({ socket: { localAddress = "", localPort } }: Asked, origin: PublicOrigin): string[] {
  const address = localAddress.replace(/^::ffff:(?=\d+\.)/, "");
  const names = isLoopback(address) ? ["localhost", "127.0.0.1", "::1"] : [address];
  return [origin.host, ...names.map((name) => toHost(name, localPort))];
}

function toHost(name: string, port: number | undefined): string {
  return URL.parse(`http://${name.includes(":") ? `[${name}]` : name}:${port}`)?.host ?? "";
}
