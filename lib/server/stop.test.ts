import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { readSettings } from "#lib/env";
import { frontDoor } from "#lib/server/front-door";
import { listenOnOtherLoopback } from "#lib/server/listen";
import { stop } from "#lib/server/stop";

const REQUEST = "GET /anything HTTP/1.1\r\nHost: x\r\n\r\n";

/** A whole server but for Next and the database, which answers as slowly as a busy one. */
const start = async () => {
  const door = frontDoor(readSettings({}), { isDev: false });
  await once(door.server.listen({ port: 0, host: "127.0.0.1" }), "listening");
  const listeners = [door.server, ...(await listenOnOtherLoopback(door.server, "127.0.0.1"))];
  const handleByNext = async (_request: unknown, response: { end(text: string): void }) => {
    const until = performance.now() + 10;
    while (performance.now() < until) {
      // As the embedded database does, this keeps everything else waiting.
    }
    response.end("answered");
  };
  door.open({ handleByNext, findRoute: () => undefined });
  const address = door.server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const running = { door, listeners, next: { handle: handleByNext, close: async () => {} }, standIn: undefined };
  return { port, stop: () => stop({ ...running, publicUrl: "" }), listeners };
};

/** Everything that a connection received until it ended, or why it broke. */
const collect = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(`${error.code}`));
    socket.on("close", () => resolve(text));
  });

test("what was sent before a stop is answered, though nobody had taken the connections yet, and told that they end", async () => {
  const server = await start();
  const kept = connect(server.port, "127.0.0.1");
  kept.write(REQUEST);
  await once(kept, "data");
  const hosts = server.listeners.length > 1 ? ["127.0.0.1", "::1"] : ["127.0.0.1"];
  const callers = Array.from({ length: 40 }, (_, index) => connect(server.port, hosts[index % hosts.length]));
  for (const caller of callers) caller.write(REQUEST);
  const answers = [kept, ...callers].map(collect);
  await Promise.all(callers.map((caller) => once(caller, "connect")));
  kept.write(REQUEST);
  await server.stop();
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n.*Connection: close\r\n.*answered/s);
  }
  expect(await collect(connect(server.port, "127.0.0.1"))).toBe("ECONNREFUSED");
});

test("a stop ends at once when nothing is under way, whoever is connected", async () => {
  const server = await start();
  const idle = connect(server.port, "127.0.0.1");
  const kept = connect(server.port, "127.0.0.1");
  kept.write(REQUEST);
  await Promise.all([once(idle, "connect"), once(kept, "data")]);
  const ended = [idle, kept].map((socket) => once(socket.resume(), "close"));
  await server.stop();
  await Promise.all(ended);
});
