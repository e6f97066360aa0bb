import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { expect, test } from "@playwright/test";
import { type ServerOptions, startServer } from "#lib/testing/console/start-server";
import { findFreePort } from "#lib/testing/find-free-port";
import { parseAnswer, untilClosed } from "./raw-http.ts";
import { roomFor } from "./room-for.ts";

test.describe.configure({ timeout: 300_000 });

/** What a start that must fail said, and how long it took. */
const failToStart = async (options: ServerOptions) => {
  const since = performance.now();
  const sentence = await startServer(options).then(
    async (server) => `it started: ${await server.stop()}`,
    (error: Error) => error.message.replace(/^(New secrets were written .*\n)+/, ""),
  );
  return { sentence, milliseconds: performance.now() - since };
};

const listenOn = async (port: number): Promise<Server> => {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
};

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });

const PROBLEMS: [what: string, env: Record<string, string>, says: RegExp][] = [
  ["PORT is not a number", { PORT: "http" }, /^PORT must be a whole number .*, for example PORT=3000\.$/],
  ["PUBLIC_URL has a path", { PUBLIC_URL: "http://localhost/x" }, /^PUBLIC_URL must be .*, for example PUBLIC_URL=/],
  [
    "HOST is not of this computer",
    { HOST: "192.0.2.1", PUBLIC_URL: "http://localhost:1", GOOGLE_CLIENT_ID: "x", GOOGLE_CLIENT_SECRET: "x" },
    /^HOST 192\.0\.2\.1 .*, for example HOST=127\.0\.0\.1\.$/,
  ],
  ["one half of Google is missing", { GOOGLE_CLIENT_ID: "x" }, /^GOOGLE_CLIENT_SECRET is missing/],
  [
    "the stand-in would serve strangers",
    { HOST: "0.0.0.0", PUBLIC_URL: "http://console.example.com" },
    /^GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET must be set/,
  ],
  [
    "somebody may sign in who cannot be told",
    { ALLOWED_SIGN_INS: "firm.tld,@example.com" },
    /^ALLOWED_SIGN_INS must be .*, for example ALLOWED_SIGN_INS=.*; the entry "@example\.com" begins with @/,
  ],
  [
    "DATA_DIR cannot be written",
    { DATA_DIR: "/dev/null/data" },
    /^DATA_DIR \/dev\/null\/data cannot be written .*, for example DATA_DIR=/,
  ],
  [
    "the database refuses",
    { DATABASE_URL: "postgresql://boring@127.0.0.1:9/boring" },
    /^DATABASE_URL: .* cannot be reached \(ECONNREFUSED\)/,
  ],
];

for (const [what, env, says] of PROBLEMS) {
  test(`when ${what}, the server says so in one sentence within two seconds`, async () => {
    const { sentence, milliseconds } = await failToStart({ env });
    expect(sentence).toMatch(says);
    expect(sentence.split("\n")).toHaveLength(1);
    expect(sentence).not.toMatch(/\n {4}at |Error:/);
    expect(milliseconds).toBeLessThan(roomFor(2000));
  });
}

test("a busy port is named at once, the server's own and the stand-in's", async () => {
  const port = await findFreePort();
  const holder = await listenOn(port);
  const own = await failToStart({ port });
  expect(own.sentence).toBe(
    `PORT ${port} is in use by another program. Stop that program, or choose another port, for example PORT=${port + 100}.`,
  );
  const standIn = await failToStart({ env: { STAND_IN_PORT: String(port) } });
  expect(standIn.sentence).toMatch(new RegExp(`^STAND_IN_PORT ${port} is in use by another program\\.`));
  expect(Math.max(own.milliseconds, standIn.milliseconds)).toBeLessThan(roomFor(2000));
  holder.close();
});

test("a data directory that another server holds is refused within two seconds, by name, and stays whole", async () => {
  const first = await startServer();
  const { sentence, milliseconds } = await failToStart({ dataDir: first.dataDir });
  expect(sentence).toContain(
    `DATA_DIR ${first.dataDir} is in use by process ${first.process.pid}, which serves ${first.url}`,
  );
  expect(milliseconds).toBeLessThan(roomFor(2000));
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  first.kill();
  const third = await startServer({ dataDir: first.dataDir, port: first.port });
  expect((await fetch(`${third.url}/readyz`)).status).toBe(200);
  expect(await third.stop()).toBe(0);
});

test("the secrets are made once, kept to their owner, and named but not told", async () => {
  const first = await startServer();
  const files = ["secrets.json", "credential-keys.json"].map((name) => `${first.dataDir}/${name}`);
  for (const file of files) expect(first.output()).toContain(`New secrets were written to ${file}.`);
  const secrets = files.map((file) => readFileSync(file, "utf8"));
  for (const [secret] of secrets.join().matchAll(/[\w+/=-]{43,}/g)) expect(first.output()).not.toContain(secret);
  await first.stop();
  const second = await startServer({ dataDir: first.dataDir });
  expect(second.output()).not.toContain("secrets");
  expect(files.map((file) => readFileSync(file, "utf8"))).toEqual(secrets);
  await second.stop();
});

test("one address to open is printed, and it opens", async () => {
  const server = await startServer();
  expect(server.output().match(/https?:\/\/\S+/g)).toEqual([server.url]);
  expect((await fetch(server.url)).status).toBe(200);
  await server.stop();
});

test("a stop answers what was accepted, ends idle connections at once and leaves with 0", async () => {
  const server = await startServer();
  const host = `localhost:${server.port}`;
  const idle = connect(server.port, "127.0.0.1").resume();
  const busy = connect(server.port, "127.0.0.1");
  let raw = "";
  busy.setEncoding("latin1").on("data", (text) => {
    raw += text;
  });
  await Promise.all([once(idle, "connect"), once(busy, "connect")]);
  busy.write(
    `POST /v2/posts HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n`,
  );
  await expect.poll(() => raw).toContain("100 Continue");
  const stopped = server.stop();
  await untilClosed(idle);
  await expect.poll(() => isListening(server.port)).toBe(false);
  busy.write("{}");
  await untilClosed(busy);
  const answer = parseAnswer(raw);
  expect([answer.status, answer.headers.get("connection")]).toEqual([401, ["close"]]);
  expect(await stopped).toBe(0);
});

test("a stop takes less than ten seconds with connections that never end", async () => {
  const server = await startServer();
  const host = `localhost:${server.port}`;
  for (const first of [
    "",
    "GET / HTTP/1.1\r\n",
    `POST /v2/posts HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 9\r\n\r\n{`,
  ]) {
    const socket = connect(server.port, "127.0.0.1", () => socket.write(first));
    socket.on("error", () => {});
    const timer = setInterval(() => socket.write("x"), 300);
    socket.once("close", () => clearInterval(timer));
  }
  await expect.poll(() => fetch(`${server.url}/healthz`).then(({ status }) => status)).toBe(200);
  const since = performance.now();
  expect(await server.stop()).toBe(0);
  expect(performance.now() - since).toBeLessThan(roomFor(10_000));
});

test("a second signal ends the server at once", async () => {
  const server = await startServer();
  const socket = connect(server.port, "127.0.0.1", () =>
    socket.write(
      `POST /v2/posts HTTP/1.1\r\nHost: localhost:${server.port}\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n`,
    ),
  );
  await once(socket, "data");
  server.process.kill("SIGINT");
  await expect.poll(() => isListening(server.port)).toBe(false);
  const since = performance.now();
  server.process.kill("SIGINT");
  await once(server.process, "exit");
  expect(performance.now() - since).toBeLessThan(roomFor(1000));
  expect(server.process.exitCode).toBe(1);
});

for (const end of ["stop", "kill"] as const) {
  test(`the stand-in ends with the server, after ${end}`, async () => {
    const server = await startServer();
    expect(await isListening(server.standInPort)).toBe(true);
    await server[end]();
    await expect.poll(() => isListening(server.standInPort)).toBe(false);
  });
}
