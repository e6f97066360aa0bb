import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { RunningServer } from "#lib/testing/console/start-server";
import { expect, test } from "./fixtures.ts";
import { parseAnswer, sendRaw, untilClosed } from "./raw-http.ts";

const execute = promisify(execFile);
const OFFER = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n";

/** Whether a program is installed here; tests that need it say when it is not. */
const has = (program: string, ...args: string[]): boolean => {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** Everything that the server sends back on one connection, on which it is sent this, part by part. */
const converse = async ({ port }: RunningServer, ...parts: string[]): Promise<string> => {
  const socket = connect(port, "127.0.0.1");
  let raw = "";
  socket.setEncoding("latin1").on("data", (text) => {
    raw += text;
    const next = parts.shift();
    if (next !== undefined) socket.write(next);
  });
  socket.write(parts.shift() ?? "");
  await untilClosed(socket);
  return raw;
};

const statuses = (raw: string): string[] => raw.match(/HTTP\/1\.1 \d{3}/g)?.map((line) => line.slice(9)) ?? [];

const JAVA = `
import java.net.URI;
import java.net.http.*;
public class Ask {
  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (int turn = 0; turn < 2; turn++) {
      HttpRequest post = HttpRequest.newBuilder(URI.create(args[0] + "/v2/posts"))
        .header("boring-api-key", args[1]).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\\"post\\":{\\"text\\":\\"From Java\\"}}")).build();
      HttpResponse<String> posted = client.send(post, HttpResponse.BodyHandlers.ofString());
      HttpRequest get = HttpRequest.newBuilder(URI.create(args[0] + "/v2/me")).header("boring-api-key", args[1]).build();
      HttpResponse<String> got = client.send(get, HttpResponse.BodyHandlers.ofString());
      System.out.println(posted.statusCode() + " " + got.statusCode() + " " + got.version());
    }
  }
}`;

test("Java's client is answered with its defaults", async ({ server, user }) => {
  test.skip(!has("java", "-version"), "Java is not installed");
  const { key } = await user.generateKey();
  const folder = mkdtempSync(path.join(tmpdir(), "boring-java-"));
  writeFileSync(path.join(folder, "Ask.java"), JAVA);
  const { stdout } = await execute("java", [path.join(folder, "Ask.java"), server.url, key]);
  rmSync(folder, { recursive: true });
  expect(stdout.trim().split("\n")).toEqual(["201 200 HTTP_1_1", "201 200 HTTP_1_1"]);
});

test("curl is answered when it offers HTTP/2, with a large body and with `Expect: 100-continue`", async ({
  server,
  user,
}) => {
  test.skip(!has("curl", "--version"), "curl is not installed");
  const { key } = await user.generateKey();
  const body = JSON.stringify({ post: { text: "From curl" } }).padEnd(100_000);
  for (const more of [[], ["--header", "Expect: 100-continue"], ["--header", "Transfer-Encoding: chunked"]]) {
    const sent = ["--header", `boring-api-key: ${key}`, "--header", "Content-Type: application/json", "--data", body];
    const { stdout } = await execute("curl", [
      "--silent",
      "--http2",
      "--write-out",
      "%{http_code} %{http_version}",
      "--output",
      "/dev/null",
      ...sent,
      ...more,
      `${server.url}/v2/posts`,
    ]);
    expect(stdout, more.join()).toBe("201 1.1");
  }
});

test("an offer to speak another protocol is ignored, whatever comes with it and after it", async ({ server, user }) => {
  const { key } = await user.generateKey();
  const head = `Host: localhost\r\nboring-api-key: ${key}\r\n`;
  const json = JSON.stringify({ post: { text: "Offered" } });
  const fields = `${head}${OFFER}Content-Type: application/json\r\n`;
  const last = `GET /v2/me HTTP/1.1\r\n${head}Connection: close\r\n\r\n`;
  const requests = {
    "no body": `GET /v2/me HTTP/1.1\r\n${head}${OFFER}\r\n`,
    websocket: `GET /v2/me HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    "a body": `POST /v2/posts HTTP/1.1\r\n${fields}Content-Length: ${json.length}\r\n\r\n${json}`,
    "a body to Next": `POST /api/keys HTTP/1.1\r\n${fields}Content-Length: 2\r\n\r\n{}`,
  };
  for (const [what, request] of Object.entries(requests)) {
    const [first, second] = statuses(await converse(server, request, last));
    expect(first, what).toMatch(/^(?:20\d|401)$/);
    expect(second, what).toBe("200");
  }
  // Where a body in chunks ends, and whether more came with it, nobody here can tell.
  const chunks = `Transfer-Encoding: chunked\r\n\r\n${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`;
  const raw = await converse(server, `POST /v2/posts HTTP/1.1\r\n${fields}${chunks}`);
  expect([statuses(raw), parseAnswer(raw).headers.get("connection")]).toEqual([["201"], ["close"]]);
});

test("what comes in one piece with an offer is dropped, and its sender is told", async ({ server, user }) => {
  const { key } = await user.generateKey();
  const fields = `Host: localhost\r\nboring-api-key: ${key}\r\n`;
  const behind = `GET /v2/me HTTP/1.1\r\n${fields}\r\n`;
  for (const path of ["/v2/me", "/sign-in"]) {
    const raw = await converse(server, `GET ${path} HTTP/1.1\r\n${fields}${OFFER}\r\n${behind}`);
    expect(statuses(raw)).toEqual(["200"]);
    expect(parseAnswer(raw).headers.get("connection")).toEqual(["close"]);
  }
});

test("HTTP/1.0, line breaks between requests, requests sent together and HEAD are understood", async ({
  server,
  user,
}) => {
  const { key } = await user.generateKey();
  const head = `Host: localhost\r\nboring-api-key: ${key}\r\n`;
  const old = `GET /v2/me HTTP/1.0\r\nboring-api-key: ${key}\r\n`;
  expect(statuses(await converse(server, `${old}\r\n`))).toEqual(["200"]);
  const kept = await converse(server, `${old}Connection: keep-alive\r\n\r\n`, `${old}\r\n`);
  expect(statuses(kept)).toEqual(["200", "200"]);
  expect(parseAnswer(kept).headers.get("connection")).toEqual(["keep-alive"]);
  const json = JSON.stringify({ post: { text: "Followed by a line break" } });
  const post = `${head}Content-Type: application/json\r\nContent-Length: ${json.length}\r\n`;
  const last = `GET /v2/me HTTP/1.1\r\n${head}Connection: close\r\n\r\n`;
  expect(statuses(await converse(server, `POST /v2/posts HTTP/1.1\r\n${post}\r\n${json}\r\n${last}`))).toEqual([
    "201",
    "200",
  ]);
  // Whoever speaks HTTP/1.0 would take an interim answer for the answer.
  const expecting = await converse(server, `POST /v2/posts HTTP/1.0\r\n${post}Expect: 100-continue\r\n\r\n${json}`);
  expect(statuses(expecting)).toEqual(["201"]);
});

test("HEAD is answered like GET, without the body, on every kind of address", async ({ server }) => {
  const paths = ["/", "/sign-in", "/settings", "/settings/", "/nope", "/nope.png", "/healthz", "/readyz", "/v2/me"];
  for (const target of [...paths, "/v2/posts", "/v2/nope", "/openapi.json", "/api/keys", "/%ff"]) {
    const fields = "Host: localhost\r\nConnection: close\r\n\r\n";
    const [got, headed] = await Promise.all(
      ["GET", "HEAD"].map((method) => converse(server, `${method} ${target} HTTP/1.1\r\n${fields}`)),
    );
    expect(statuses(headed ?? ""), target).toEqual(statuses(got ?? "").slice(0, 1));
    expect(headed?.endsWith("\r\n\r\n"), `${target} has a body`).toBe(true);
    expect(headed?.match(/\r\n\r\n/g), target).toHaveLength(1);
  }
});

test("a request for a whole address of this server is one for its path, whatever its Host header says", async ({
  server,
  user,
}) => {
  const { key } = await user.generateKey();
  const ask = (target: string, host: string) =>
    sendRaw(
      server.port,
      `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nboring-api-key: ${key}\r\nConnection: close\r\n\r\n`,
    );
  for (const origin of [server.url, `http://127.0.0.1:${server.port}`, `HTTP://LOCALHOST:${server.port}`]) {
    expect([origin, (await ask(`${origin}/v2/me`, "evil.example")).status]).toEqual([origin, 200]);
  }
  const page = await ask(`http://127.0.0.1:${server.port}/settings/`, "evil.example");
  expect([page.status, page.headers.get("location")]).toEqual([308, ["/settings"]]);
  for (const host of ["a, b", ""]) expect((await ask(`${server.url}/v2/me`, host)).status).toBe(400);
  expect((await ask("http://evil.example/v2/me", `localhost:${server.port}`)).status).toBe(400);
});

test("`localhost` answers on both of its addresses", async ({ server }) => {
  const hasIpv6 = await new Promise<boolean>((resolve) => {
    const probe = connect({ host: "::1", port: server.port });
    probe.once("connect", () => resolve(true)).once("error", ({ message }) => resolve(/REFUSED/.test(message)));
    probe.once("connect", () => probe.destroy());
  });
  test.skip(!hasIpv6, "There is no IPv6 on this computer");
  expect((await fetch(`http://[::1]:${server.port}/healthz`)).status).toBe(200);
  const page = await fetch(`http://[::1]:${server.port}/sign-in`, { redirect: "manual" });
  expect(page.headers.get("location")).toBe(`${server.url}/sign-in`);
});
