import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { connectToAny } from "#lib/outbound/open-connection";
import { acceptConnections } from "#lib/outbound/testing/test-server";

// Takes no more than a connection or two that nobody accepts, and accepts none while it is stopped.
const FAR = `
  const server = require("node:net").createServer((socket) => socket.on("error", () => {}).resume());
  server.listen({ host: "127.0.0.1", port: 0, backlog: 1 }, () => console.log(server.address().port));`;

const limits = (more = {}) => ({ signal: new AbortController().signal, idleMilliseconds: 20_000, ...more });
const target = (port: number) => ({
  url: new URL(`http://far.test:${port}/`),
  host: "far.test",
  port,
  isSecure: false,
  isTrusted: true,
});

/** A server that answers the next attempt to connect only when the system repeats it, a second later. */
const startFarServer = async (): Promise<number> => {
  const server = spawn(process.execPath, ["-e", FAR], { stdio: ["ignore", "pipe", "inherit"] });
  const [text] = await once(server.stdout.setEncoding("utf8"), "data");
  server.kill("SIGSTOP");
  const fillers: Socket[] = [];
  for (let count = 0; count < 2; count++) {
    const filler = connect(Number(text), "127.0.0.1").on("error", () => {});
    fillers.push(filler);
    await once(filler, "connect");
  }
  const awake = setTimeout(() => server.kill("SIGCONT"), 500);
  onTestFinished(() => {
    clearTimeout(awake);
    for (const filler of fillers) filler.destroy();
    server.kill("SIGKILL");
  });
  return Number(text);
};

test.each([[["127.0.0.1", "::1"]], [["::1", "127.0.0.1"]], [["127.0.0.1", "::1", "127.0.0.2"]]])(
  "a server that is far away is reached, whatever else its name leads to (%j)",
  async (addresses) => {
    const port = await startFarServer();
    const socket = await connectToAny(target(port), addresses, limits());
    expect(socket.remoteAddress).toBe("127.0.0.1");
    socket.destroy();
  },
);

test("an address that does not answer does not keep the others waiting", async () => {
  const { port } = await acceptConnections(() => {});
  // Reserved for documentation: nobody answers there, or nothing leads there.
  const socket = await connectToAny(target(port), ["192.0.2.1", "2001:db8::1", "127.0.0.1"], limits());
  expect(socket.remoteAddress).toBe("127.0.0.1");
  socket.destroy();
});

test("when all have failed, nobody answers in time, or the caller gives up, it says so", async () => {
  const refused = connectToAny(target(9), ["127.0.0.1", "::1"], limits());
  await expect(refused).rejects.toMatchObject({ code: "ConnectionFailed", wasSent: false });
  const port = await startFarServer();
  const silent = connectToAny(target(port), ["127.0.0.1"], limits({ idleMilliseconds: 100 }));
  await expect(silent).rejects.toMatchObject({ code: "Timeout" });
  const givenUp = connectToAny(target(port), ["127.0.0.1", "127.0.0.1"], limits({ signal: AbortSignal.abort() }));
  await expect(givenUp).rejects.toMatchObject({ code: "ConnectionFailed" });
});
