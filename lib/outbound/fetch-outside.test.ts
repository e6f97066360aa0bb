import { execFile } from "node:child_process";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { fetchOutside } from "#lib/outbound/fetch-outside";
import { readText } from "#lib/outbound/read-body";
import {
  acceptConnections,
  allowHosts,
  serve,
  serveSecurely,
  trustCertificate,
} from "#lib/outbound/testing/test-server";

const serveEcho = async () => {
  const bodies: string[] = [];
  const server = await serve(async (request, response) => {
    bodies.push(await text(request));
    response.writeHead(201, { "x-kind": "echo" }).end("an answer");
  });
  allowHosts(`127.0.0.1:${server.port}`);
  return { ...server, port: server.port, bodies };
};

test("a request arrives as it was meant, and so does its answer", async () => {
  const server = await serveEcho();
  const headers = { "Content-Type": "text/plain", "Accept-Encoding": "gzip", Host: "other.test" };
  const answer = await fetchOutside(`${server.url}/a%20b?c=d#e`, { method: "put", headers, body: "é" });
  expect(answer).toMatchObject({ status: 201, headers: { "x-kind": "echo" } });
  expect(await readText(answer.body)).toBe("an answer");
  expect(server.bodies).toEqual(["é"]);
  expect(server.requests[0]).toMatchObject({ method: "PUT", url: "/a%20b?c=d" });
  expect(server.requests[0]?.headers).toEqual({
    "accept-encoding": "identity",
    connection: "close",
    "content-length": "2",
    "content-type": "text/plain",
    host: `127.0.0.1:${server.port}`,
    "user-agent": expect.stringMatching(/^BoringConsole\/\d+\.\d+\.\d+ \(\+http:\/\/localhost:3000\)$/),
  });
});

test("bytes and streams are sent as they are", async () => {
  const server = await serveEcho();
  const big = "b".repeat(1_000_000);
  await fetchOutside(server.url, { method: "POST", body: new Uint8Array([97, 98]) });
  await fetchOutside(server.url, { method: "POST", body: Readable.from([big, "c"]) });
  const headers = { "content-length": "1" };
  await fetchOutside(server.url, { method: "POST", headers, body: Readable.from(["d"]) });
  expect(server.bodies).toEqual(["ab", `${big}c`, "d"]);
  expect(server.requests.map((request) => request.headers["content-length"])).toEqual(["2", undefined, "1"]);
});

test("a stream that breaks breaks the request", async () => {
  const server = await serveEcho();
  const broken = new Readable({
    read() {
      this.destroy(new Error("the disk is gone"));
    },
  });
  const fetching = fetchOutside(server.url, { method: "POST", body: broken });
  await expect(fetching).rejects.toMatchObject({ code: "Interrupted", wasSent: true });
});

test("a header that would be two is refused without being repeated", async () => {
  const server = await serveEcho();
  const fetching = fetchOutside(server.url, { headers: { Authorization: "secret\r\nX-Other: 1" } });
  await expect(fetching).rejects.toThrow(/^(?!.*secret)/);
  expect(server.connections).toHaveLength(0);
});

test("every request has a connection of its own", async () => {
  const server = await serveEcho();
  await readText((await fetchOutside(server.url)).body);
  await readText((await fetchOutside(server.url)).body);
  expect(server.connections).toHaveLength(2);
});

test("of several addresses one that answers is enough", async () => {
  const server = await serveEcho();
  allowHosts(`both.test:${server.port}`);
  const resolve = async () => ["::1", "127.0.0.1"];
  expect(await fetchOutside(`http://both.test:${server.port}/`, { resolve })).toMatchObject({ status: 201 });
});

test("a certificate is believed for its own name alone", async () => {
  const server = await serveSecurely((_request, response) => response.end("there"));
  trustCertificate();
  const hosts = [`outside.test:${server.port}`, `other.test:${server.port}`];
  allowHosts(...hosts, `127.0.0.1:${server.port}`);
  const resolve = async () => ["127.0.0.1"];
  const answer = await fetchOutside(`https://${hosts[0]}/`, { resolve });
  expect(await readText(answer.body)).toBe("there");
  const refused = { code: "TlsFailed", wasSent: false };
  await expect(fetchOutside(`https://${hosts[1]}/`, { resolve })).rejects.toMatchObject(refused);
  await expect(fetchOutside(server.url)).rejects.toMatchObject(refused);
  expect(server.requests).toHaveLength(1);
});

test("what the environment says of proxies and certificates is ignored", async () => {
  const proxy = await acceptConnections((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n"));
  const plain = await serve((_request, response) => response.end("directly"));
  const secure = await serveSecurely((_request, response) => response.end());
  const script = `
    const { fetchOutside } = await import("#lib/outbound/fetch-outside");
    const { readText } = await import("#lib/outbound/read-body");
    console.log(await readText((await fetchOutside(${JSON.stringify(plain.url)})).body));
    console.log(await fetchOutside(${JSON.stringify(secure.url)}).catch((error) => error.code));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    env: {
      NODE_ENV: "production",
      NODE_USE_ENV_PROXY: "1",
      HTTP_PROXY: proxy.url,
      HTTPS_PROXY: proxy.url,
      http_proxy: proxy.url,
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
      OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${plain.port},127.0.0.1:${secure.port}`,
    },
  });
  expect(stdout).toBe("directly\nTlsFailed\n");
  expect(proxy.connections).toHaveLength(0);
});
