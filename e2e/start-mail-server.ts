import { SMTPServer, type SMTPServerAddress } from "smtp-server";

/** A real mail server on loopback, and the texts that it has taken, with their lines joined. */
export type MailServer = { env: Record<string, string>; sources: string[]; close(): Promise<void> };

/** Starts a mail server without TLS. `decide` may delay the answer to a recipient, and refuses it by throwing. */
export const startMailServer = async (
  decide: (address: string) => Promise<void> | void = () => {},
): Promise<MailServer> => {
  const sources: string[] = [];
  const smtp = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS"], logger: false },
    onRcptTo: ({ address }: SMTPServerAddress, _session, done) => {
      const decision = async () => decide(address);
      decision().then(() => done(), done);
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("end", () => {
        sources.push(Buffer.concat(chunks).toString().replaceAll("=\r\n", ""));
        done();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = smtp.listen(0, "127.0.0.1", () => resolve((listening.address() as { port: number }).port));
  });
  return {
    env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Console <console@example.com>" },
    sources,
    close: () => new Promise<void>((resolve) => smtp.close(() => resolve())),
  };
};
