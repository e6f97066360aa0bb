import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { errors, type Provider } from "oidc-provider";
import { COOKIE_NAMES, createProvider } from "#lib/auth/stand-in/create-provider";
import { choicePage, endPage, pageHeaders } from "#lib/auth/stand-in/page";
import { rememberPerson, toPerson } from "#lib/auth/stand-in/people";
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
    // A request under another host name for this address is a DNS rebinding attack.
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

// The last choice is not remembered: each sign-in asks again, so changing the person needs no sign-out.
function forgetSession(req: IncomingMessage): void {
  const cookies = (req.headers.cookie ?? "").split(";");
  req.headers.cookie = cookies.filter((cookie) => !cookie.trim().startsWith(COOKIE_NAMES.session)).join(";");
}

const MAX_FORM_BYTES = 8192;

/** Shows the list of people, or accepts a choice and returns to the console. Rejects when the sign-in has expired. */
const answerChoice = async (
  provider: Provider,
  publicUrl: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> => {
  const { params } = await provider.interactionDetails(req, res);
  const locale = chooseLocale(params.ui_locales, req.headers["accept-language"] ?? null);
  if (req.method !== "POST") return sendPage(res, 200, choicePage(locale, publicUrl));
  const form = new URLSearchParams(await readForm(req));
  if (form.has("cancel")) {
    return provider.interactionFinished(req, res, { error: "access_denied" });
  }
  const typed = { email: form.get("email") ?? "", name: form.get("name") ?? "", domain: form.get("domain") ?? "" };
  const person = toPerson(typed);
  if (!person) return sendPage(res, 400, choicePage(locale, publicUrl, typed));
  const accountId = rememberPerson(person);
  return provider.interactionFinished(req, res, { login: { accountId }, select_account: {} });
};

/** Sends a page. Its headers must already be set. */
const sendPage = (res: ServerResponse, status: number, html: string): void => {
  res.writeHead(status, { "Content-Type": "text/html; charset=utf-8" }).end(html);
};

async function readForm(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES) return "";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
