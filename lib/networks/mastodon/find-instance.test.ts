import { expect, test } from "vitest";
import { findInstance } from "#lib/networks/mastodon/find-instance";
import { connectMastodon } from "#lib/networks/mastodon/testing/start-test-mastodon";
import { allowHosts, serve } from "#lib/outbound/testing/test-server";

const ACCOUNT = "me@example.test";

/** A domain that is no server itself, and says in one way or another where its accounts are kept. */
const startDomain = (answers: Record<string, string>) =>
  serve((request, response) => {
    const body = answers[(request.url ?? "").replace(/\?.*/, "")];
    response.writeHead(body === undefined ? 404 : 200).end(body ?? "");
  });

const toDescription = (href: string) =>
  JSON.stringify({
    subject: `acct:${ACCOUNT}`,
    links: [{ rel: "other" }, { rel: "self", type: "application/activity+json", href }],
  });

test("an account is found at the server that its domain names by WebFinger", async () => {
  const { server } = await connectMastodon();
  const domain = await startDomain({ "/.well-known/webfinger": toDescription(`${server.url}/users/me`) });
  allowHosts(`127.0.0.1:${server.port}`, `127.0.0.1:${domain.port}`);
  const { serverUrl } = await findInstance(`@me@127.0.0.1:${domain.port}`);
  expect(serverUrl).toBe(server.url);
  expect(domain.requests[0]?.url).toBe(
    `/.well-known/webfinger?resource=${encodeURIComponent(`acct:me@127.0.0.1:${domain.port}`)}`,
  );
});

test("an account is found where host-meta says that WebFinger is", async () => {
  const { server } = await connectMastodon();
  const finger = await startDomain({ "/finger": toDescription(`${server.url}/users/me`) });
  const meta = `<?xml version="1.0"?><XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">
    <Link rel='other'/><Link rel="lrdd" template="${finger.url}/finger?a=1&amp;resource={uri}"/></XRD>`;
  const domain = await startDomain({ "/.well-known/host-meta": meta });
  allowHosts(...[server, finger, domain].map(({ port }) => `127.0.0.1:${port}`));
  expect((await findInstance(`@me@127.0.0.1:${domain.port}`)).serverUrl).toBe(server.url);
});

test("a server that knows nothing of WebFinger is the one in the account's name", async () => {
  const { server } = await connectMastodon();
  allowHosts(`127.0.0.1:${server.port}`);
  expect((await findInstance(`bob@127.0.0.1:${server.port}`)).serverUrl).toBe(server.url);
});

test("a domain leads nowhere that is not on the internet", async () => {
  const { server } = await connectMastodon();
  const domain = await startDomain({ "/.well-known/webfinger": toDescription(`${server.url}/users/me`) });
  allowHosts(`127.0.0.1:${domain.port}`);
  const before = server.requests.length;
  await expect(findInstance(`@me@127.0.0.1:${domain.port}`)).rejects.toMatchObject({ field: "instance" });
  expect(server.requests).toHaveLength(before);
});

test.each(["alice", "@alice"])("%s is asked for its server", async (given) => {
  await expect(findInstance(given)).rejects.toMatchObject({
    name: "ConnectError",
    field: "instance",
    message: "Include the server, for example mastodon.social or @me@mastodon.social.",
  });
});
