import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Settings } from "#lib/env";
import { boundServer } from "#lib/server/bound-server";
import {
  acceptAbsoluteForm,
  checkRequest,
  cleanHeaders,
  findRedirect,
  isForServer,
  METHODS,
  type Redirect,
} from "#lib/server/check-request";
import { clientAddress, publicOrigin } from "#lib/server/client-address";
import { answerFast } from "#lib/server/fast-lane";
import type { FindRoute } from "#lib/server/load-routes";
import { logRequest } from "#lib/server/log-request";
import { answerByNext, type NextHandler } from "#lib/server/next-lane";
import { refuse, type SecurityHeaders, securityHeaders } from "#lib/server/refuse";

/** What answers the requests. */
export type Lanes = {
  handleByNext: NextHandler;
  findRoute: FindRoute;
};

/** The server around Next. It accepts connections at once, but answers requests only after it has been opened. */
export type FrontDoor = {
  server: Server;
  open(lanes: Lanes): void;
  /** From now on every answer ends its connection. No request runs before all waiting connections are accepted. */
  drain(taken: Promise<unknown>): void;
  /** Ends the connections without a request in progress. */
  endIdle(): void;
};

type Options = {
  isDev: boolean;
  /** Absent: upgrade requests are ignored. */
  onUpgrade?: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | undefined;
};

/** Every request passes here first. The front door limits, checks and cleans it, and only then answers it. */
export const frontDoor = (settings: Settings, { isDev, onUpgrade }: Options): FrontDoor => {
  const security = securityHeaders(settings, isDev);
  const origin = publicOrigin(settings);
  const opening = Promise.withResolvers<Lanes>();
  let opened: Lanes | undefined;
  let draining: Promise<unknown> | undefined;

  const onRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    acceptAbsoluteForm(request, origin);
    const { url = "/", headers, socket } = request;
    const forwardedFor = headers["x-forwarded-for"] as string | undefined;
    const address = clientAddress(forwardedFor, socket.remoteAddress, settings.trustedProxies);
    const path = pathOf(url);
    const answered = { request, response, path, address, startedAt };
    if (draining) response.setHeader("Connection", "close");
    if (answerHere(request, response, path)) {
      logRequest(answered);
      return;
    }
    if (draining) await draining;
    cleanHeaders(headers, address, origin);
    const { findRoute, handleByNext } = opened ?? (await opening.promise);
    const route = findRoute(path);
    if (route) {
      const requestId = await answerFast(request, response, route, { origin: origin.origin, security });
      logRequest({ ...answered, pattern: route.pattern, requestId });
    } else {
      await answerByNext(request, response, path, { handleByNext, security, isDev });
      logRequest(answered);
    }
  };

  const answerHere = (request: IncomingMessage, response: ServerResponse, path: string): boolean => {
    const refusal = checkRequest(request);
    if (refusal) refuse(request, response, refusal, security);
    if (refusal) return true;
    if (isForServer(request)) {
      tellMethods(response, security);
      return true;
    }
    const redirect = findRedirect(request, path, origin);
    if (redirect) sendElsewhere(response, redirect, security);
    return Boolean(redirect);
  };

  const { server, announceEnd, endIdle } = boundServer(security, settings.keepAliveSeconds, {
    onRequest: (request, response) => void onRequest(request, response),
    onUpgrade,
  });
  return {
    server,
    open: (lanes) => {
      opened = lanes;
      opening.resolve(lanes);
    },
    drain: (taken) => {
      draining = taken;
      announceEnd();
    },
    endIdle,
  };
};

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}

function sendElsewhere(response: ServerResponse, { status, location }: Redirect, security: SecurityHeaders): void {
  for (const [name, value] of security.data) response.setHeader(name, value);
  response.writeHead(status, { Location: location }).end();
}

function tellMethods(response: ServerResponse, security: SecurityHeaders): void {
  for (const [name, value] of security.data) response.setHeader(name, value);
  response.writeHead(204, { Allow: METHODS.join(", "), "X-Request-Id": randomUUID() }).end();
}
