import { expect, test } from "vitest";
import { fetchOutside } from "#lib/outbound/fetch-outside";
import { readText } from "#lib/outbound/read-body";
import { allowHosts, serve } from "#lib/outbound/testing/test-server";

const SECRETS = { Authorization: "Bearer secret", Cookie: "a=secret", "X-Token": "secret" };

/** A server that redirects to wherever it is told, and the number of its requests that may be seen. */
const serveRedirects = async (location: () => string, status = 302) => {
  const server = await serve((request, response) => {
    if (request.url === "/end") response.end("arrived");
    else response.writeHead(status, { location: location() }).end("ignored");
  });
  allowHosts(`127.0.0.1:${server.port}`);
  return server;
};

test.each([301, 302, 303, 307, 308])("a redirect with %i is followed, and says where it led", async (status) => {
  const server = await serveRedirects(() => "/end#part", status);
  const answer = await fetchOutside(`${server.url}/start`);
  expect(answer).toMatchObject({ status: 200, url: `${server.url}/end#part` });
  expect(await readText(answer.body)).toBe("arrived");
});

test("three redirects are followed, a fourth is not", async () => {
  let left = 3;
  const server = await serveRedirects(() => (--left > 0 ? "/again" : "/end"));
  expect(await fetchOutside(`${server.url}/start`, { method: "get" })).toMatchObject({ status: 200 });
  left = 4;
  await expect(fetchOutside(`${server.url}/start`)).rejects.toMatchObject({ code: "TooManyRedirects", wasSent: true });
});

test("a loop ends", async () => {
  const server = await serveRedirects(() => "/again");
  await expect(fetchOutside(server.url)).rejects.toMatchObject({ code: "TooManyRedirects" });
  expect(server.requests).toHaveLength(4);
});

test.each([
  ["http://127.0.0.1/", "ForbiddenAddress"],
  ["http://169.254.169.254/latest/meta-data/", "ForbiddenAddress"],
  ["//[::ffff:7f00:1]/", "ForbiddenAddress"],
  ["http://inside.test/", "ForbiddenAddress"],
  ["http://127.0.0.1:22/", "ForbiddenPort"],
  ["http://user:password@1.1.1.1/", "InvalidUrl"],
  ["file:///etc/passwd", "InvalidUrl"],
  ["http://", "InvalidUrl"],
])("a redirect to %s is held to what an address is held to", async (location, code) => {
  const server = await serveRedirects(() => location);
  const fetching = fetchOutside(server.url, { resolve: async () => ["10.0.0.1"] });
  await expect(fetching).rejects.toMatchObject({ code, wasSent: true });
  expect(server.requests).toHaveLength(1);
});

test("a caller who wants no redirect is told of one", async () => {
  const server = await serveRedirects(() => "/end");
  const fetching = fetchOutside(server.url, { redirect: "error" });
  await expect(fetching).rejects.toMatchObject({ code: "TooManyRedirects", wasSent: true });
  expect(server.requests).toHaveLength(1);
});

test.each([301, 302, 303, 307, 308])(
  "a request that is not a question is not made again after a %i",
  async (status) => {
    const server = await serveRedirects(() => "/end", status);
    const fetching = fetchOutside(server.url, { method: "post", body: "text", redirect: "follow" });
    await expect(fetching).rejects.toMatchObject({ code: "TooManyRedirects", wasSent: true });
    expect(server.requests).toHaveLength(1);
  },
);

test("secrets stay with their origin, and do not come back to it", async () => {
  const other = await serve((_request, response) => {
    response.writeHead(302, { location: `${first.url}/end` }).end();
  });
  const first = await serveRedirects(() => `${other.url}/`);
  allowHosts(`127.0.0.1:${first.port}`, `127.0.0.1:${other.port}`);
  await fetchOutside(first.url, { headers: { ...SECRETS, Accept: "image/*" } });
  const seen = [...first.requests, ...other.requests].map(({ url, headers }) => ({ url, headers }));
  expect(seen).toMatchObject([{ url: "/" }, { url: "/end" }, { url: "/" }]);
  expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer secret", cookie: "a=secret", "x-token": "secret" });
  for (const { headers } of seen.slice(1)) {
    expect(headers.accept).toBe("image/*");
    expect(JSON.stringify(headers)).not.toContain("secret");
  }
});

test("another name for the same machine is another origin", async () => {
  const other = await serve((_request, response) => response.end());
  const first = await serveRedirects(() => `http://localhost:${other.port}/`);
  allowHosts(`127.0.0.1:${first.port}`, `localhost:${other.port}`);
  await fetchOutside(first.url, { headers: SECRETS });
  expect(JSON.stringify(other.requests[0]?.headers)).not.toContain("secret");
});

test("secrets go along within their origin", async () => {
  const server = await serveRedirects(() => "/end");
  await fetchOutside(server.url, { headers: SECRETS });
  expect(server.requests[1]?.headers).toMatchObject({ authorization: "Bearer secret", "x-token": "secret" });
});
