import { once } from "node:events";
import { connect } from "node:net";
import type { RunningServer } from "#lib/testing/console/start-server";
import { expect, test } from "./fixtures.ts";
import { askRaw, findScript, untilClosed } from "./raw-http.ts";

const MEBIBYTE = 1024 * 1024;

let server: RunningServer;
let host: string;
test.beforeEach(({ server: given }) => {
  server = given;
  host = `localhost:${given.port}`;
});

test("connections that are slow, or have asked for nothing, are closed within 20 seconds; between requests they stay", async () => {
  test.setTimeout(300_000);
  const open = (first: string, dribble = "") => {
    const socket = connect(server.port, "127.0.0.1", () => socket.write(first));
    const timer = dribble ? setInterval(() => socket.write(dribble), 700) : undefined;
    socket.resume().once("close", () => clearInterval(timer));
    return socket;
  };
  const post = (path: string, header: string) => `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${header}\r\n\r\n`;
  const GET = `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const idle = open(GET);
  // Longer than the minute, or two, for which reverse proxies keep theirs.
  expect(String(await once(idle, "data"))).toContain("Keep-Alive: timeout=130\r\n");
  const sockets = {
    "says nothing": open(""),
    "sends half a head": open("GET / HTTP/1.1\r\nHost:"),
    "dribbles its head": open(`GET / HTTP/1.1\r\nHost: ${host}\r\n`, "X: y\r\n"),
    "sends nothing but line breaks": open("", "\r\n"),
    "is slow with its second request": open(`${GET}GET /healthz HTTP/1.1\r\nHost:`),
    "stops in the middle of its body": open(`${post("/v2/posts", "Content-Length: 9")}{`),
    "stops in the middle of its body to Next": open(`${post("/api/keys", "Content-Length: 9")}{`),
    "dribbles its body": open(post("/v2/posts", "Content-Length: 99999"), "x"),
    "dribbles its chunks": open(post("/api/keys", "Transfer-Encoding: chunked"), "1\r\nx\r\n"),
    "goes on after it was refused": open(post("/v2/posts", `Content-Length: ${2 * MEBIBYTE}`), "x"),
  };
  await Promise.all(
    Object.entries(sockets).map(async ([what, socket]) => expect(await untilClosed(socket), what).toBeLessThan(20_000)),
  );
  const again = once(idle, "data");
  idle.write(GET);
  expect(String(await again)).toContain("HTTP/1.1 200");
  idle.destroy();
});

test("callers who do not take their answers, or only drop by drop, are let go", async () => {
  test.setTimeout(300_000);
  const script = findScript((await askRaw(server, "GET", "/sign-in")).body);
  const open = (takes: number) => {
    const socket = connect(server.port, "127.0.0.1").pause();
    // More answers than the sockets between can hold. That the other side is gone shows when writing fails.
    socket.write(`GET ${script} HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(1000));
    const timer = setInterval(() => {
      socket.write("\r\n");
      if (takes > 0) socket.read(takes);
    }, 500);
    return socket.once("close", () => clearInterval(timer));
  };
  const durations = await Promise.all([open(0), open(100)].map(untilClosed));
  for (const duration of durations) expect(duration).toBeLessThan(20_000);
});

test("pipelined requests are answered in order, and what follows them does no harm", async () => {
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const socket = connect(server.port, "127.0.0.1");
  let raw = "";
  socket.setEncoding("latin1").on("data", (text) => {
    raw += text;
  });
  socket.write(`${get("/healthz")}${get("/sign-in")}${get("/v2/nothing")}garbage\r\n\r\n`);
  await untilClosed(socket);
  expect(raw.match(/HTTP\/1\.1 \d{3}/g)?.slice(0, 3)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 404"]);
});
