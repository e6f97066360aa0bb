import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { Refusal, type Reply } from "#lib/testing/linkedin/exchange";
import { mediaRoutes } from "#lib/testing/linkedin/media-routes";
import { findMember, grantToken, oauthRoutes } from "#lib/testing/linkedin/oauth-routes";
import { postRoutes } from "#lib/testing/linkedin/post-routes";
import { createState, type Fault, type Member, type Settings, type State } from "#lib/testing/linkedin/state";

const ROUTES = [...oauthRoutes, ...mediaRoutes, ...postRoutes];

/** A server of our own that behaves as LinkedIn's documentation and reports of its users say. It fails when told to. */
export type FakeLinkedin = State & {
  port: number;
  url: string;
  /** Makes the next such request go wrong. */
  fail(fault: Fault): void;
  /** Makes a token as if somebody had agreed. */
  connect(name?: string): { member: Member; accessToken: string };
  stop(): Promise<void>;
};

/** Starts the server on loopback. */
export const startLinkedin = async (settings: Partial<Settings> = {}): Promise<FakeLinkedin> => {
  const state = createState(settings);
  const server = createServer((request, response) => void serve(request, response, state));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    port,
    url: `http://127.0.0.1:${port}`,
    fail: (fault: Fault) => void state.faults.push(fault),
    connect: (name = "Ada Lovelace") => {
      const member = findMember(state, name);
      return { member, accessToken: grantToken(state, member) };
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
};

async function serve(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const body = await buffer(request).catch(() => null);
  if (!body) return;
  const { method = "GET", headers } = request;
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  state.requests.push(`${method} ${url.pathname}`);
  const carryOut = (): Reply => {
    const route = ROUTES.find((candidate) => candidate.method === method && candidate.path.test(url.pathname));
    if (!route)
      return { status: 404, body: { status: 404, code: "RESOURCE_NOT_FOUND", message: "No virtual resource found" } };
    const found = decodeURIComponent(url.pathname.match(route.path)?.[1] ?? "");
    try {
      return route.answer({ state, url, headers, body, found });
    } catch (thrown) {
      if (thrown instanceof Refusal) return thrown.reply;
      return { status: 500, body: { status: 500, message: String(thrown) } };
    }
  };
  const fault = takeFault(method, url.pathname, state);
  if (!fault) return send(response, carryOut(), state);
  if (fault.isDone) carryOut();
  if (!fault.answer) return void request.socket.destroy();
  send(response, fault.answer, state);
}

function takeFault(method: string, path: string, { faults }: State): Fault | undefined {
  const index = faults.findIndex((candidate) => candidate.method === method && path.startsWith(candidate.path));
  return index < 0 ? undefined : faults.splice(index, 1)[0];
}

function send(response: ServerResponse, { status, headers, body }: Reply, { settings }: State): void {
  const date = new Date(Date.now() + settings.clockError).toUTCString();
  response.writeHead(status, { "content-type": "application/json", date, ...headers });
  response.end(body === undefined || typeof body === "string" ? body : JSON.stringify(body));
}
