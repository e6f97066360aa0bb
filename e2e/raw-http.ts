import { connect, type Socket } from "node:net";

/** An answer as it came over the wire. */
export type RawAnswer = {
  status: number;
  /** By lower-case name; a field given twice has two values. */
  headers: Map<string, string[]>;
  body: string;
  /** Everything received, interim answers included. */
  raw: string;
};

const PATIENCE_MILLISECONDS = 5000;

/** Sends bytes to a loopback port exactly as given and returns the first final answer, or status 0 when none came. */
export const sendRaw = (port: number, ...parts: (string | Buffer)[]): Promise<RawAnswer> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let raw = "";
    const finish = () => {
      clearTimeout(impatience);
      socket.destroy();
      resolve(parseAnswer(raw));
    };
    const impatience = setTimeout(finish, PATIENCE_MILLISECONDS);
    socket.setEncoding("latin1");
    socket.on("data", (text) => {
      raw += text;
      if (isComplete(raw)) finish();
    });
    socket.on("error", finish);
    socket.on("close", finish);
    for (const part of parts) socket.write(part);
  });

/** Asks a server under its own name, one request on a connection of its own. */
export const askRaw = (
  { port }: { port: number },
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body = "",
): Promise<RawAnswer> => sendRaw(port, rawRequest(method, target, { Host: `localhost:${port}`, ...headers }, body));

/** The one value of a header, or all of them visibly side by side. */
export const header = ({ headers }: RawAnswer, name: string): string | undefined => headers.get(name)?.join(" | ");

/** The address of one of a page's scripts. */
export const findScript = (page: string): string => /src="(\/_next\/static\/[^"]+)"/.exec(page)?.[1] ?? "no script";

/** A request that ends its connection, as text. */
const rawRequest = (method: string, target: string, headers: Record<string, string> = {}, body = ""): string => {
  const fields = Object.entries({ Host: "localhost", Connection: "close", ...headers });
  const length = body && !("Transfer-Encoding" in headers) ? [["Content-Length", String(Buffer.byteLength(body))]] : [];
  const lines = [...fields, ...length].map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
};

/** Resolves with the milliseconds until the server ended the connection. */
export const untilClosed = (socket: Socket): Promise<number> => {
  const since = performance.now();
  socket.on("error", () => {});
  return new Promise((resolve) => {
    socket.once("close", () => resolve(performance.now() - since));
    socket.once("end", () => socket.end());
  });
};

/** The first final answer in what was received. */
export const parseAnswer = (raw: string): RawAnswer => {
  const text = withoutInterim(raw);
  const end = text.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = text.slice(0, end === -1 ? undefined : end).split("\r\n");
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? 0);
  return { status, headers, body: end === -1 ? "" : text.slice(end + 4), raw };
};

function isComplete(raw: string): boolean {
  const text = withoutInterim(raw);
  if (!text.includes("\r\n\r\n")) return false;
  const { headers, body } = parseAnswer(raw);
  const length = headers.get("content-length")?.[0];
  return length === undefined ? body.endsWith("0\r\n\r\n") : body.length >= Number(length);
}

function withoutInterim(raw: string): string {
  return raw.replace(/^(?:HTTP\/1\.1 1\d\d [^\r]*\r\n(?:[^\r]+\r\n)*\r\n)+/, "");
}
