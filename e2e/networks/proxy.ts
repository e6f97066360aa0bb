import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";

// Longer than workers leave a post that is due to others before they see to it themselves.
const SLOW_MILLISECONDS = 9000;

/**
 * What happens to a call: the connection ends before it reached the server, or once the server has answered, or the answer
 * is long on the way, or something else is answered, in the server's place unless the server has done it.
 */
export type Disturbance =
  | "none"
  | "cut before the server"
  | "cut after the answer"
  | "slow"
  | { status: number; headers?: Record<string, string>; body?: unknown; isDone?: boolean };

/** Stands in front of a server and passes on what is not to be disturbed. */
export type TestProxy = {
  port: number;
  url: string;
  /** Every call that came, as `POST /path`. */
  calls: string[];
  /** When each of them came. */
  moments: Date[];
  /** Disturbs the next call to a path, and as many after it as there are disturbances. */
  disturb(path: string, ...disturbances: Disturbance[]): void;
  /** Disturbs the first call of each body to a path, and none that repeats it. Returns how many it has disturbed so far. */
  disturbEachOnce(path: string, disturbance: Disturbance): () => number;
  /** Changes the headers of every call that is passed on. */
  changeHeaders(change: (headers: IncomingHttpHeaders) => IncomingHttpHeaders): void;
  /** Disturbs and changes nothing from now on. */
  calmDown(): void;
  stop(): Promise<void>;
};

type Rules = {
  waiting: Map<string, Disturbance[]>;
  eachOnce: Map<string, { disturbance: Disturbance; seen: Set<string> }>;
  change(headers: IncomingHttpHeaders): IncomingHttpHeaders;
};

/** Starts a proxy in front of a port of loopback, on the port given, else on any that is free. */
export const startProxy = async (targetPort: number, port = 0): Promise<TestProxy> => {
  const calls: string[] = [];
  const moments: Date[] = [];
  const rules: Rules = { waiting: new Map(), eachOnce: new Map(), change: unchanged };
  const server = createServer(async (incoming, outgoing) => {
    const [path = "/"] = (incoming.url ?? "/").split("?");
    calls.push(`${incoming.method} ${path}`);
    moments.push(new Date());
    await answer({ port: targetPort, path, incoming, outgoing, rules }).catch(() => outgoing.destroy());
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    calls,
    moments,
    disturb: (path, ...disturbances) => rules.waiting.set(path, [...(rules.waiting.get(path) ?? []), ...disturbances]),
    disturbEachOnce: (path, disturbance) => {
      const seen = new Set<string>();
      rules.eachOnce.set(path, { disturbance, seen });
      return () => seen.size;
    },
    changeHeaders: (change) => {
      rules.change = change;
    },
    calmDown: () => {
      rules.waiting.clear();
      rules.eachOnce.clear();
      rules.change = unchanged;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

function unchanged(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers;
}

type Call = { port: number; path: string; incoming: IncomingMessage; outgoing: ServerResponse; rules: Rules };

async function answer({ port, path, incoming, outgoing, rules }: Call): Promise<void> {
  const once = rules.eachOnce.get(path);
  const body = once && (await buffer(incoming));
  const disturbance = rules.waiting.get(path)?.shift() ?? takeOnce(once, body);
  if (disturbance === "cut before the server") return void outgoing.destroy();
  const other = typeof disturbance === "object" ? disturbance : undefined;
  if (!other?.isDone && other) {
    incoming.resume();
    return answerOtherwise(outgoing, other);
  }
  const headers = rules.change(incoming.headers);
  const response = await passOn({ port, path: incoming.url, method: incoming.method, headers }, body ?? incoming);
  const content = await buffer(response);
  if (disturbance === "cut after the answer") return void outgoing.destroy();
  if (disturbance === "slow") await setTimeout(SLOW_MILLISECONDS, undefined, { ref: false });
  if (other) return answerOtherwise(outgoing, other);
  outgoing.writeHead(response.statusCode ?? 500, response.headers).end(content);
}

function takeOnce(once: { disturbance: Disturbance; seen: Set<string> } | undefined, body: Buffer | undefined) {
  const content = body?.toString() ?? "";
  if (!once || once.seen.has(content)) return undefined;
  once.seen.add(content);
  return once.disturbance;
}

async function passOn(
  head: { port: number; path: string | undefined; method: string | undefined; headers: IncomingHttpHeaders },
  body: Buffer | IncomingMessage,
): Promise<IncomingMessage> {
  const onward = request({ host: "127.0.0.1", ...head });
  const answered = once(onward, "response");
  if (Buffer.isBuffer(body)) onward.end(body);
  else body.pipe(onward);
  const [response] = (await answered) as [IncomingMessage];
  return response;
}

function answerOtherwise(outgoing: ServerResponse, { status, headers, body }: Exclude<Disturbance, string>): void {
  outgoing.writeHead(status, headers).end(body === undefined ? "" : JSON.stringify(body));
}
