import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { errors } from "oidc-provider";
import { answerChoice, sendPage } from "#lib/auth/stand-in/answer-choice";
import { COOKIE_NAMES, createProvider } from "#lib/auth/stand-in/create-provider";
import { endPage, pageHeaders } from "#lib/auth/stand-in/page";
import { chooseLocale } from "#lib/i18n/choose-locale";
import type { Locale } from "#lib/i18n/schema";

type Options = { port: number; publicUrl: string };

/** Starts the stand-in on this computer's loopback address and resolves when it answers. Rejects when the port is taken. */
export const startStandIn = async ({ port, publicUrl }: Options): Promise<Server> => {
  const provider = createProvider({
    publicUrl,
    renderError: (context) => {
      context.type = "html";
      context.body = endPage(localeOf(context.req), publicUrl, "broken");
    },
  });
  const answerProtocol = provider.callback();
  const headers = new Map(Object.entries(pageHeaders(publicUrl)));
  const server = createServer((req, res) => {
    // Another name that leads to this address is another site's trick (DNS rebinding).
    if (!isOwnHost(req.headers.host, port)) return void res.writeHead(421).end();
    res.setHeaders(headers);
    forgetSession(req);
    if (!/^\/choose\/[\w-]+$/.test(req.url ?? "")) return answerProtocol(req, res);
    answerChoice(provider, publicUrl, req, res).catch((error: unknown) => {
      const why = error instanceof errors.SessionNotFound ? "expired" : "broken";
      sendPage(res, 400, endPage(localeOf(req), publicUrl, why));
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
};

function localeOf(req: IncomingMessage): Locale {
  return chooseLocale(undefined, req.headers["accept-language"] ?? null);
}

function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

// Whoever was chosen last time is not remembered: each sign-in stands for itself, and changing person needs no sign-out.
function forgetSession(req: IncomingMessage): void {
  const cookies = (req.headers.cookie ?? "").split(";");
  req.headers.cookie = cookies.filter((cookie) => !cookie.trim().startsWith(COOKIE_NAMES.session)).join(";");
}
