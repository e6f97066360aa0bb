import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { takeWaiting } from "#lib/server/stop";

const listen = async (server: Server, host: string): Promise<number> => {
  await once(server.listen({ port: 0, host }), "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
};

test.each(["127.0.0.1", "0.0.0.0"])(
  "connections to %s that wait when it is called are taken and read by its end",
  async (host) => {
    let read = "";
    const server = createServer((socket) => socket.on("error", () => {}).on("data", (text) => (read += text)));
    const port = await listen(server, host);
    // While this thread is busy nothing is taken.
    const callers = Array.from({ length: 40 }, () => connect(port, "127.0.0.1", () => {}));
    for (const caller of callers) caller.write("x");
    await Promise.all(callers.map((caller) => once(caller, "connect")));
    await takeWaiting(server, 10_000);
    server.close();
    expect(read).toBe("x".repeat(40));
    for (const caller of callers) caller.destroy();
  },
);
