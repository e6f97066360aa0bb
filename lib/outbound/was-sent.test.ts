import { expect, test } from "vitest";
import { fetchOutside, type OutsideOptions } from "#lib/outbound/fetch-outside";
import type { OutboundError } from "#lib/outbound/outbound-error";
import { readText } from "#lib/outbound/read-body";
import { acceptConnections, allowHosts, serve, serveSecurely } from "#lib/outbound/testing/test-server";
import { findFreePort } from "#lib/testing/find-free-port";

const publish = (url: string, options: OutsideOptions = {}) => {
  allowHosts(new URL(url).host);
  return fetchOutside(url, { method: "POST", body: "a post", ...options });
};

test("a refused connection has sent nothing", async () => {
  const fetching = publish(`http://127.0.0.1:${await findFreePort()}/`);
  await expect(fetching).rejects.toMatchObject({ code: "ConnectionFailed", wasSent: false });
});

test("a server that cannot prove who it is has been sent nothing", async () => {
  const server = await serveSecurely((_request, response) => response.end());
  await expect(publish(server.url)).rejects.toMatchObject({ code: "TlsFailed", wasSent: false });
  expect(server.connections).toHaveLength(1);
  expect(server.requests).toHaveLength(0);
});

test("a server that does not speak TLS has been sent nothing", async () => {
  const server = await serve((_request, response) => response.end());
  const fetching = publish(server.url.replace("http:", "https:"));
  await expect(fetching).rejects.toMatchObject({ code: "TlsFailed", wasSent: false });
  expect(server.requests).toHaveLength(0);
});

test("a server that ends the connection before TLS is agreed has been sent nothing", async () => {
  const server = await acceptConnections((socket) => socket.once("data", () => socket.destroy()));
  const fetching = publish(server.url.replace("http:", "https:"));
  await expect(fetching).rejects.toMatchObject({ code: "TlsFailed", wasSent: false });
});

test("a server that never agrees on TLS has been sent nothing", async () => {
  const server = await acceptConnections(() => {});
  const url = server.url.replace("http:", "https:");
  const silent = publish(url, { idleMilliseconds: 50 });
  await expect(silent).rejects.toMatchObject({ code: "Timeout", wasSent: false });
  const slow = publish(url, { timeoutMilliseconds: 50 });
  await expect(slow).rejects.toMatchObject({ code: "Timeout", wasSent: false });
});

test("a connection cut after the request was received may have been sent it", async () => {
  let received = "";
  const server = await acceptConnections((socket) => {
    socket.on("data", (chunk) => {
      received += chunk;
      if (received.endsWith("a post")) socket.destroy();
    });
  });
  await expect(publish(server.url)).rejects.toMatchObject({ code: "Interrupted", wasSent: true });
  expect(received).toMatch(/^POST \/ HTTP\/1\.1\r\n.*\r\n\r\na post$/s);
});

test("a connection reset at once may have been sent the request, unless it never stood", async () => {
  const server = await acceptConnections((socket) => socket.resetAndDestroy());
  const { code, wasSent } = await publish(server.url).then(
    () => ({ code: "none", wasSent: true }),
    (error: OutboundError) => error,
  );
  expect(["Interrupted true", "ConnectionFailed false"]).toContain(`${code} ${wasSent}`);
});

test("an answer cut in its middle belongs to a request that was sent", async () => {
  const server = await serve((_request, response) => {
    response.writeHead(200, { "content-length": 10 });
    response.write("12345", () => response.destroy());
  });
  const { status, body } = await publish(server.url);
  expect(status).toBe(200);
  await expect(readText(body)).rejects.toMatchObject({ code: "Interrupted", wasSent: true });
});

test.each(["SSH-2.0-OpenSSH\r\n", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: a\r\nConnection: Upgrade\r\n\r\n"])(
  "an answer that is not one (%j) belongs to a request that was sent",
  async (answer) => {
    const server = await acceptConnections((socket) => socket.end(answer));
    await expect(publish(server.url)).rejects.toMatchObject({ code: "Interrupted", wasSent: true });
  },
);

test("a caller who gives up while waiting for the answer has sent the request", async () => {
  const giving = new AbortController();
  const server = await serve(() => giving.abort());
  const fetching = publish(server.url, { signal: giving.signal });
  await expect(fetching).rejects.toMatchObject({ code: "Interrupted", wasSent: true });
});
