import { createServer, type Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";

/** A real mail server on loopback, and what it has accepted. */
export type TestSmtpServer = { port: number; mails: { to: string[]; source: string }[]; recipients: string[] };

/** What the server answers to a recipient or to a text: nothing in particular, an error with an SMTP status, or no answer. */
type Answers = { toRecipient?: () => number | undefined; toText?: () => number | "cut" | undefined };

const toError = (responseCode: number, word: string) => Object.assign(new Error(word), { responseCode });

/** Starts a mail server that ends with the test. It offers STARTTLS only if asked to, and sign-in if there are logins. */
export const startSmtpServer = async (
  { toRecipient, toText }: Answers = {},
  options: SMTPServerOptions = {},
): Promise<TestSmtpServer> => {
  const mails: TestSmtpServer["mails"] = [];
  const recipients: string[] = [];
  const sockets: Socket[] = [];
  const server = new SMTPServer({
    ...{ authOptional: options.onAuth === undefined, disabledCommands: ["STARTTLS"], logger: false, ...options },
    onRcptTo({ address }, _session, done) {
      recipients.push(address);
      const status = toRecipient?.();
      done(status === undefined ? null : toError(status, `${address} is not wanted`));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("end", () => {
        const answer = toText?.();
        if (typeof answer === "number") return done(toError(answer, "not now"));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, source: Buffer.concat(chunks).toString() });
        // Its answer is lost, although it has the mail.
        if (answer === "cut") for (const socket of sockets) socket.destroy();
        else done();
      });
    },
  });
  server.on("error", () => {});
  server.server.on("connection", (socket) => sockets.push(socket));
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, "127.0.0.1", () => resolve((listening.address() as { port: number }).port));
  });
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port, mails, recipients };
};

/** Starts a server that accepts connections and never says anything. `isReached` resolves at the first one. */
export const startSilentServer = async (): Promise<{ port: number; isReached: Promise<void> }> => {
  const { promise: isReached, resolve } = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket.on("error", () => {});
    onTestFinished(() => void socket.destroy());
    resolve();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return { port: (server.address() as { port: number }).port, isReached };
};
