import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Duplex, Readable } from "node:stream";
import { expect, test } from "vitest";
import { fetchOutside, type OutsideOptions } from "#lib/outbound/fetch-outside";
import { readJson, readText } from "#lib/outbound/read-body";
import {
  acceptConnections,
  allowHosts,
  serve,
  serveSecurely,
  trustCertificate,
} from "#lib/outbound/testing/test-server";

const never = () => new Promise<never>(() => {});

const serveBody = async (write: (response: ServerResponse) => void) => {
  const server = await serve((_request, response) => write(response));
  allowHosts(`127.0.0.1:${server.port}`);
  return server;
};

const readAll = async (url: string, options: OutsideOptions) => readText((await fetchOutside(url, options)).body);

const expectMomentToPass = async () => {
  const fetching = fetchOutside("http://slow.test/", { resolve: never, timeoutMilliseconds: 200 });
  await expect(fetching).rejects.toMatchObject({ code: "Timeout" });
};

const closing = (stream: Duplex | Readable | undefined) =>
  new Promise<void>((resolve) => {
    if (!stream || stream.closed) resolve();
    else stream.once("close", resolve);
  });

const writeForever = (response: ServerResponse) => {
  while (response.write(Buffer.alloc(16_384)));
  response.once("drain", () => writeForever(response));
};

test("a body may be as long as allowed", async () => {
  const server = await serveBody((response) => response.end("12345"));
  expect(await readAll(server.url, { maxBytes: 5 })).toBe("12345");
  const fetching = readAll(server.url, { maxBytes: 4 });
  await expect(fetching).rejects.toMatchObject({ code: "TooLarge", wasSent: true });
});

test("an endless body is cut off", async () => {
  const server = await serveBody(writeForever);
  await expect(readAll(server.url, { maxBytes: 1_000_000 })).rejects.toMatchObject({ code: "TooLarge" });
  await closing(server.connections[0]);
});

test("a body that says that it is too long is not waited for", async () => {
  const server = await serveBody((response) => {
    response.writeHead(200, { "content-length": 1001 }).write("1");
  });
  await expect(readAll(server.url, { maxBytes: 1000 })).rejects.toMatchObject({ code: "TooLarge" });
});

test("an answer without a body is not held to the length that it speaks of", async () => {
  const server = await serveBody((response) => response.writeHead(200, { "content-length": 1001 }).end());
  const { status, headers, body } = await fetchOutside(server.url, { method: "HEAD", maxBytes: 1000 });
  expect({ status, length: headers["content-length"] }).toEqual({ status: 200, length: "1001" });
  expect(await readText(body)).toBe("");
});

test("a body that falls silent is given up", async () => {
  const server = await serveBody((response) => response.write("1"));
  const fetching = readAll(server.url, { idleMilliseconds: 50 });
  await expect(fetching).rejects.toMatchObject({ code: "Timeout", wasSent: true });
});

test("a server that does not answer is given up", async () => {
  const server = await serveBody(() => {});
  const silent = fetchOutside(server.url, { idleMilliseconds: 50 });
  await expect(silent).rejects.toMatchObject({ code: "Timeout", wasSent: true });
  const slow = fetchOutside(server.url, { timeoutMilliseconds: 50 });
  await expect(slow).rejects.toMatchObject({ code: "Timeout", wasSent: true });
});

test("a body that trickles is given up when its time is over", async () => {
  const server = await serveBody((response) => {
    const trickle = setInterval(() => response.write("1"), 5);
    response.on("close", () => clearInterval(trickle));
  });
  const fetching = readAll(server.url, { timeoutMilliseconds: 150, idleMilliseconds: 140 });
  await expect(fetching).rejects.toMatchObject({ code: "Timeout", message: expect.stringContaining("150 ms") });
});

test("a trickle that is encrypted is given up likewise", async () => {
  const server = await serveSecurely((_request, response) => {
    const trickle = setInterval(() => response.write("1"), 5);
    response.on("close", () => clearInterval(trickle));
  });
  trustCertificate();
  allowHosts(`outside.test:${server.port}`);
  const options = { resolve: async () => ["127.0.0.1"], timeoutMilliseconds: 300, idleMilliseconds: 290 };
  const fetching = readAll(`https://outside.test:${server.port}/`, options);
  await expect(fetching).rejects.toMatchObject({ code: "Timeout", wasSent: true });
  await closing(server.connections[0]);
});

test("a head that trickles is given up when its time is over", async () => {
  const server = await acceptConnections((socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    const trickle = setInterval(() => socket.write("a: b\r\n"), 5);
    socket.on("close", () => clearInterval(trickle));
  });
  allowHosts(`127.0.0.1:${server.port}`);
  const fetching = fetchOutside(server.url, { timeoutMilliseconds: 150, idleMilliseconds: 140 });
  await expect(fetching).rejects.toMatchObject({ code: "Timeout", message: expect.stringContaining("150 ms") });
});

test("a name that nobody answers for is given up when its time is over", async () => {
  const fetching = fetchOutside("http://slow.test/", { resolve: never, timeoutMilliseconds: 50 });
  await expect(fetching).rejects.toMatchObject({ code: "Timeout", wasSent: false });
});

test("a reader may be slower than the other side must be", async () => {
  const server = await serveBody((response) => response.end(Buffer.alloc(10_000_000)));
  const { body } = await fetchOutside(server.url, { maxBytes: 10_000_000, idleMilliseconds: 50 });
  await once(body, "readable");
  await expectMomentToPass();
  expect(await readText(body)).toHaveLength(10_000_000);
});

test("a silence during which nobody reads is not held against the other side", async () => {
  let answering: ServerResponse | undefined;
  const server = await serveBody((response) => {
    answering = response;
    response.write("1");
  });
  const { body } = await fetchOutside(server.url, { idleMilliseconds: 50 });
  await expectMomentToPass();
  answering?.end("2");
  expect(await readText(body)).toBe("12");
});

test("an answer that nobody reads keeps its connection until its time is over and disturbs nobody", async () => {
  const server = await serveBody(writeForever);
  const { body } = await fetchOutside(server.url, { timeoutMilliseconds: 100 });
  await closing(body);
  await expect(readText(body)).rejects.toMatchObject({ code: "Timeout", wasSent: true });
});

test("an answer that is not wanted gives its connection back", async () => {
  const server = await serveBody(writeForever);
  const { body } = await fetchOutside(server.url);
  body.destroy();
  await closing(server.connections[0]);
});

test("a caller may give up, before and while it waits and reads", async () => {
  const server = await serveBody((response) => response.write("1"));
  const given = { code: "Interrupted" };
  const early = fetchOutside(server.url, { signal: AbortSignal.abort() });
  await expect(early).rejects.toMatchObject({ ...given, wasSent: false });
  expect(server.connections).toHaveLength(0);
  const unresolved = fetchOutside("http://slow.test/", { resolve: never, signal: AbortSignal.abort() });
  await expect(unresolved).rejects.toMatchObject({ ...given, wasSent: false });
  const giving = new AbortController();
  const { body } = await fetchOutside(server.url, { signal: giving.signal });
  giving.abort();
  await expect(readText(body)).rejects.toMatchObject({ ...given, wasSent: true });
});

test("JSON is read, and what is not JSON is nothing", async () => {
  const server = await serve((request, response) => response.end(request.url === "/json" ? '{"a":["é"]}' : "<html>"));
  allowHosts(`127.0.0.1:${server.port}`);
  expect(await readJson((await fetchOutside(`${server.url}/json`)).body)).toEqual({ a: ["é"] });
  expect(await readJson((await fetchOutside(server.url)).body)).toBeUndefined();
  const tooLong = await fetchOutside(`${server.url}/json`, { maxBytes: 3 });
  await expect(readJson(tooLong.body)).rejects.toMatchObject({ code: "TooLarge" });
});
