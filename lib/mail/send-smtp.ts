import { Readable } from "node:stream";
import type { Settings } from "#lib/env";
import { isLoopback } from "#lib/setting-formats";

/** How handing a mail to the server ended: `refused` for good, `later` for now, `unknown` when no answer came to its text. */
export type MailOutcome = { state: "sent" } | { state: "refused" | "later" | "unknown"; said: string };

type Message = { id: string; address: string; subject: string; text: string; at: Date };

const CONNECTION_MILLISECONDS = 20_000;
const IDLE_MILLISECONDS = 60_000;

/**
 * Hands one mail to the server (RFC 5321). A password is sent over TLS alone, except to this computer. Never throws; what the
 * server said is cut to one line, without addresses and the password.
 */
export const sendSmtp = async (
  { server, from }: NonNullable<Settings["mail"]>,
  message: Message,
): Promise<MailOutcome> => {
  // Loaded when the first mail is sent, because most processes never send one.
  const { default: SmtpConnection } = await import("nodemailer/lib/smtp-connection");
  const { host, port, secure, login } = server;
  const connection = new SmtpConnection({
    ...{ host, port, secure, requireTLS: login !== undefined && !secure && !isLoopback(host) },
    ...{ connectionTimeout: CONNECTION_MILLISECONDS, greetingTimeout: CONNECTION_MILLISECONDS },
    ...{ socketTimeout: IDLE_MILLISECONDS, dnsTimeout: CONNECTION_MILLISECONDS },
  });
  let hasText = false;
  const failed = new Promise<never>((_resolve, reject) => connection.on("error", reject));
  failed.catch(() => {});
  const step = (begin: (done: (error?: Error | null) => void) => void) =>
    Promise.race([
      failed,
      new Promise<void>((resolve, reject) => begin((error) => (error ? reject(error) : resolve()))),
    ]);
  try {
    const { envelope, source } = await compose(from, message);
    await step((done) => connection.connect(done));
    if (login) await step((done) => connection.login({ credentials: login }, done));
    const text = Readable.from(
      (function* () {
        hasText = true;
        yield source;
      })(),
    );
    await step((done) => connection.send(envelope, text, done));
    connection.quit();
    return { state: "sent" };
  } catch (error) {
    connection.close();
    return toOutcome(error, hasText, login?.pass);
  }
};

// The structure, the encoding of names and the protection from line breaks in them are the library's.
async function compose(from: string, { id, address, subject, text, at }: Message) {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const domain = /@([^@>]+)>?$/.exec(from)?.[1] ?? "localhost";
  const mail = new MailComposer({
    ...{ from, to: { name: "", address }, subject, text, date: at, messageId: `<${id}@${domain}>` },
    headers: { "Auto-Submitted": "auto-generated" },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  }).compile();
  return { envelope: mail.getEnvelope(), source: await mail.build() };
}

const LONGEST_SAYING = 200;

// Servers repeat addresses in their own spelling.
const ADDRESS = /[^\s<>"]+@[^\s<>"]+/g;

function toOutcome(error: unknown, hasText: boolean, password: string | undefined): MailOutcome {
  const {
    responseCode: status,
    message = "",
    code,
  } = error as { responseCode?: number; message?: string; code?: string };
  const clean = (password ? message.replaceAll(password, "…") : message).replaceAll(ADDRESS, "…");
  const said = clean.replaceAll(/\s+/g, " ").slice(0, LONGEST_SAYING);
  if (status === undefined && hasText) return { state: "unknown", said };
  // A wrong password is the operator's to correct.
  const isFinal = status === undefined ? code === "EENVELOPE" : status >= 500 && code !== "EAUTH";
  return { state: isFinal ? "refused" : "later", said };
}
