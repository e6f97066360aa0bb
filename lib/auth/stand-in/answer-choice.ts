import type { IncomingMessage, ServerResponse } from "node:http";
import type { Provider } from "oidc-provider";
import { choicePage } from "#lib/auth/stand-in/page";
import { rememberPerson, toPerson } from "#lib/auth/stand-in/people";
import { chooseLocale } from "#lib/i18n/choose-locale";

const MAX_FORM_BYTES = 8192;

/** Shows the people to choose from, or takes the choice and goes back to the console. Rejects when the sign-in is over. */
export const answerChoice = async (
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
  const typed = { email: form.get("email") ?? "", name: form.get("name") ?? "" };
  const person = toPerson(typed.email, typed.name);
  if (!person) return sendPage(res, 400, choicePage(locale, publicUrl, typed));
  const accountId = rememberPerson(person);
  return provider.interactionFinished(req, res, { login: { accountId }, select_account: {} });
};

/** Sends a page whose headers were set before. */
export const sendPage = (res: ServerResponse, status: number, html: string): void => {
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
