import { SMTPServer } from "smtp-server";
import { startServer } from "#lib/testing/console/start-server";
import { expect, test } from "./fixtures.ts";
import { createTeam } from "./team.ts";

const GUEST = "guest@example.org";

test("with a mail server an invitation is mailed once, after the answer, with the link that opens it", async () => {
  const sources: string[] = [];
  const { promise: isAsked, resolve: reportAsked } = Promise.withResolvers<void>();
  const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
  const { promise: isTaken, resolve: reportTaken } = Promise.withResolvers<void>();
  const smtp = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS"], logger: false },
    // The team's other members were invited as well.
    onRcptTo: ({ address }, _session, done) => {
      if (address !== GUEST) return done();
      reportAsked();
      void mayGoOn.then(() => done());
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("end", () => {
        done();
        if (envelope.rcptTo[0]?.address !== GUEST) return;
        sources.push(Buffer.concat(chunks).toString().replaceAll("=\r\n", ""));
        reportTaken();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = smtp.listen(0, "127.0.0.1", () => resolve((listening.address() as { port: number }).port));
  });
  const server = await startServer({
    env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Console <console@example.com>" },
  });
  try {
    const { id, owner } = await createTeam(server.url);
    const path = `/api/organizations/${id}/invitations`;
    const invited = await owner.ask(path, { json: { email: GUEST, role: "member" } });
    expect(invited).toMatchObject({ status: 201, json: { mail: { sent_at: null, failed: false } } });
    // The mail server has not accepted the recipient yet, and the answer is there all the same.
    await isAsked;
    expect(sources).toEqual([]);
    goOn();
    await isTaken;
    expect(sources[0]).toContain(String(invited.json.url));
    const readMail = async () => ((await owner.ask(path)).json as { results: { mail: object }[] }).results[0]?.mail;
    await expect.poll(readMail).toEqual({ sent_at: expect.any(String), failed: false });
    expect(sources).toHaveLength(1);
    expect(server.output()).not.toContain(GUEST);
  } finally {
    await server.stop();
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
  }
});
