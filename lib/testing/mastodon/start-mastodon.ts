import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { controlRoutes } from "#lib/testing/mastodon/control-routes";
import { createState } from "#lib/testing/mastodon/create-state";
import { Refusal, type Reply } from "#lib/testing/mastodon/exchange";
import { mediaRoutes } from "#lib/testing/mastodon/media-routes";
import { oauthRoutes } from "#lib/testing/mastodon/oauth-routes";
import { scheduledRoutes } from "#lib/testing/mastodon/scheduled-routes";
import type { Fault, Settings, State } from "#lib/testing/mastodon/state";
import { statusRoutes } from "#lib/testing/mastodon/status-routes";

const ROUTES = [...controlRoutes, ...oauthRoutes, ...statusRoutes, ...scheduledRoutes, ...mediaRoutes];
const REQUESTS_A_WINDOW = 300;
const WINDOW_MILLISECONDS = 300_000;

/** A server of our own that speaks Mastodon's documented protocol, remembers all it was sent, and fails when told to. */
export type FakeMastodon = State & {
  port: number;
  /** Makes coming requests go wrong. */
  fail(fault: Fault): void;
  /** Makes a token as if somebody had agreed; the credential that is kept of it. */
  connect(username?: string): { clientId: string; clientSecret: string; accessToken: string };
  stop(): Promise<void>;
};

/** Starts the server on loopback, at any free port unless one is given. */
export const startMastodon = async (settings: Partial<Settings> = {}, port = 0): Promise<FakeMastodon> => {
  const server = createServer((request, response) => void serve(request, response, state));
  await once(server.listen(port, "127.0.0.1"), "listening");
  const actual = (server.address() as AddressInfo).port;
  const state = createState(`http://127.0.0.1:${actual}`, settings);
  return Object.assign(state, {
    port: actual,
    fail: (fault: Fault) => void state.faults.push(fault),
    connect: (username = "alice") => connect(state, username),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
};

function connect(state: State, username: string) {
  const [clientId, clientSecret, accessToken] = ["client", "client-secret", `token-${username}-${state.nextId++}`];
  const scopes = ["read:accounts", "read:statuses", "write:statuses", "write:media"];
  state.apps.set(clientId, { id: clientId, secret: clientSecret, name: "Boring Console", redirectUris: [], scopes });
  state.tokens.set(accessToken, { username, clientId, scopes });
  return { clientId, clientSecret, accessToken };
}

async function serve(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const body = await buffer(request).catch(() => null);
  if (!body) return;
  const { method = "GET", headers } = request;
  const url = new URL(request.url ?? "/", state.url);
  state.requests.push(`${method} ${url.pathname}`);
  const pathname = url.pathname.replace(/(?<=.)\/$/, "");
  const route = ROUTES.find((candidate) => candidate.method === method && candidate.path.test(pathname));
  const carryOut = async (): Promise<Reply> => {
    if (!route) return { status: 404, body: { error: "Not found" } };
    const found = pathname.match(route.path)?.[1] ?? "";
    return route.answer({ state, url, headers, body, found });
  };
  const fault = takeFault(method, url.pathname, state);
  if (fault?.isDone) await carryOut();
  if (fault?.delayMilliseconds) await setTimeout(fault.delayMilliseconds, undefined, { ref: false });
  const isOver = fault && (fault.answer || !fault.delayMilliseconds);
  if (isOver && !fault.answer) return void request.socket.destroy();
  const reply = isOver && fault.answer ? { body: {}, ...fault.answer } : await carryOut().catch(toReply);
  send(response, reply, state);
}

function takeFault(method: string, path: string, { faults }: State): Fault | undefined {
  const fault = faults.find((candidate) => candidate.method === method && path.startsWith(candidate.path));
  if (!fault) return undefined;
  fault.times = (fault.times ?? 1) - 1;
  if (fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
  return fault;
}

function toReply(thrown: unknown): Reply {
  if (thrown instanceof Refusal) return { status: thrown.status, body: { error: thrown.message } };
  return { status: 500, body: { error: String(thrown) } };
}

function send(response: ServerResponse, { status, headers, body }: Reply, { settings }: State): void {
  const now = Date.now() + settings.clockError;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "x-ratelimit-limit": String(REQUESTS_A_WINDOW),
    "x-ratelimit-remaining": String(REQUESTS_A_WINDOW - 1),
    "x-ratelimit-reset": new Date(now + WINDOW_MILLISECONDS).toISOString(),
    date: new Date(now).toUTCString(),
    ...headers,
  });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}
