import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { onTestFinished, test } from "vitest";
import { boundServer } from "#lib/server/bound-server";

const NO_HEADERS = { common: [], data: [], pagePolicy: () => "" };

const start = async (): Promise<() => Socket> => {
  const { server } = boundServer(NO_HEADERS, 1, { onRequest: (_request, response) => void response.end("answered") });
  await once(server.listen({ port: 0, host: "127.0.0.1" }), "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return () => connect(typeof address === "object" && address ? address.port : 0, "127.0.0.1").on("error", () => {});
};

test("line breaks after an answer do not keep a connection open for ever", async () => {
  const socket = (await start())();
  socket.resume().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const timer = setInterval(() => socket.write("\r\n"), 300);
  await once(socket, "close");
  clearInterval(timer);
});
