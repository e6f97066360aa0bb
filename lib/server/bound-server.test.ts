import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { boundServer } from "#lib/server/bound-server";

const NO_HEADERS = { common: [], data: [], pagePolicy: () => "" };

const start = async (): Promise<() => Socket> => {
  const { server } = boundServer(NO_HEADERS, 1, {
    onRequest: (request, response) => void request.resume().once("end", () => response.end("answered")),
  });
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

/** Everything that is answered on one connection, on which these are sent, each when the one before was answered. */
const converse = async (...parts: string[]): Promise<string[]> => {
  const socket = (await start())();
  let raw = "";
  socket.setEncoding("latin1").on("data", (text) => {
    raw += text;
    const next = parts.shift();
    if (next) socket.write(next);
  });
  socket.write(parts.shift() ?? "");
  await once(socket, "close");
  return raw.split("HTTP/1.1 ").slice(1);
};

const OFFER = "Host: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n";
const PLAIN = "GET /next HTTP/1.1\r\nHost: x\r\n\r\n";
const offers = {
  "no body": `GET / HTTP/1.1\r\n${OFFER}\r\n`,
  "a body": `POST / HTTP/1.1\r\n${OFFER}Content-Length: 2\r\n\r\n{}`,
};

test.each(Object.entries(offers))(
  "what comes in one piece with an offer and %s is answered, or its sender is told that it is not read",
  async (_what, offer) => {
    for (const behind of [PLAIN, PLAIN.slice(0, 9)]) {
      const answers = await converse(offer + behind);
      expect(answers).toHaveLength(1);
      expect(answers[0]).toMatch(/^200 .*\r\nConnection: close\r\n/s);
    }
  },
);

test("an offer behind another request, or with a body in chunks, is the last on its connection", async () => {
  const chunked = `POST / HTTP/1.1\r\n${OFFER}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`;
  expect((await converse(chunked)).at(-1)).toMatch(/\r\nConnection: close\r\n/);
  const behind = await converse(PLAIN + offers["no body"] + PLAIN);
  expect(behind).toHaveLength(2);
  expect(behind.at(-1)).toMatch(/\r\nConnection: close\r\n/);
});

test.each(Object.entries(offers))(
  "clients that make an offer with %s each time keep their connections",
  async (_what, offer) => {
    const answers = await converse(offer, offer, offer, PLAIN);
    expect(answers).toHaveLength(4);
    for (const answer of answers) expect(answer).not.toMatch(/Connection: close/);
  },
);
