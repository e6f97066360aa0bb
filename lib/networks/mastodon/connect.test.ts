import { expect, test } from "vitest";
import { mastodon } from "#lib/networks/mastodon/connector";
import { connectMastodon, toSubmission } from "#lib/networks/mastodon/testing/start-test-mastodon";
import { allowHosts, serve } from "#lib/outbound/testing/test-server";
import { findFreePort } from "#lib/testing/find-free-port";

const callback = { url: "http://console.test/callback", state: "a-state" };

const begin = async (instance: string) => {
  const begun = await mastodon.connect?.({ instance }, callback);
  if (!begun || !("authorizationUrl" in begun)) throw new Error("Nobody has to agree.");
  return begun;
};

/** Presses a button of the page on which the user agrees, and returns where it leads. */
const decide = async (authorizationUrl: string, decision: "agree" | "deny") => {
  const page = await (await fetch(authorizationUrl)).text();
  expect(page).toContain(`value="${decision}"`);
  const { origin, searchParams } = new URL(authorizationUrl);
  const body = new URLSearchParams([...searchParams, ["username", "bob"], ["decision", decision]]);
  const answer = await fetch(`${origin}/oauth/authorize`, { method: "POST", body, redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "").searchParams;
};

test.each([true, false])("whoever agrees is connected, with a code challenge when offered: %s", async (isOffered) => {
  const { server } = await connectMastodon({ takesCodeChallenges: isOffered });
  const begun = await begin(server.url);
  expect(new URL(begun.authorizationUrl).searchParams.has("code_challenge")).toBe(isOffered);
  const back = await decide(begun.authorizationUrl, "agree");
  expect(back.get("state")).toBe("a-state");
  const connection = await mastodon.authorize?.(begun, { code: back.get("code") ?? "" }, callback.url);
  const host = `127.0.0.1:${server.port}`;
  if (!connection || "choices" in connection) throw new Error("nothing is connected");
  expect(connection).toMatchObject({
    networkUserId: `102@${host}`,
    username: `bob@${host}`,
    displayName: "Bob B.",
    serverUrl: server.url,
    expiresAt: null,
  });
  expect(Object.keys(connection.credential).sort()).toEqual(["accessToken", "clientId", "clientSecret"]);
});

test("no more is asked for than publishing needs", async () => {
  const { server } = await connectMastodon();
  const { authorizationUrl } = await begin(server.url);
  const scopes = "read:accounts read:statuses write:statuses write:media";
  expect(new URL(authorizationUrl).searchParams.get("scope")).toBe(scopes);
});

test("a server that knows no fine scopes is asked for coarser ones", async () => {
  const { server } = await connectMastodon({ refusesFineScopes: "registering" });
  const begun = await begin(server.url);
  expect(new URL(begun.authorizationUrl).searchParams.get("scope")).toBe("read write");
  const code = (await decide(begun.authorizationUrl, "agree")).get("code") ?? "";
  expect(await mastodon.authorize?.(begun, { code }, callback.url)).toMatchObject({ displayName: "Bob B." });
});

test("a server that says so only when somebody agrees is asked for coarser ones the next time", async () => {
  const { server } = await connectMastodon({ refusesFineScopes: "agreeing" });
  const begun = await begin(server.url);
  const answer = await fetch(begun.authorizationUrl, { redirect: "manual" });
  const error = new URL(answer.headers.get("location") ?? "").searchParams.get("error") ?? "";
  expect(error).toBe("invalid_scope");
  mastodon.decline?.(begun, error);
  const second = await begin(server.url);
  expect(new URL(second.authorizationUrl).searchParams.get("scope")).toBe("read write");
  expect((await decide(second.authorizationUrl, "agree")).has("code")).toBe(true);
});

test("whoever declines comes back without a code", async () => {
  const { server } = await connectMastodon();
  const back = await decide((await begin(server.url)).authorizationUrl, "deny");
  expect(Object.fromEntries(back)).toMatchObject({ error: "access_denied", state: "a-state" });
  expect(back.has("code")).toBe(false);
});

test("a code works once, and only for whoever began", async () => {
  const { server } = await connectMastodon();
  const [first, second] = [await begin(server.url), await begin(server.url)];
  const code = (await decide(first.authorizationUrl, "agree")).get("code") ?? "";
  await expect(mastodon.authorize?.(second, { code }, callback.url)).rejects.toMatchObject({ reason: "refused" });
  await expect(mastodon.authorize?.(first, { code }, callback.url)).rejects.toThrow(/authorization grant is invalid/);
});

test("a code that somebody else saw is worth nothing without the verifier", async () => {
  const { server } = await connectMastodon();
  const begun = await begin(server.url);
  const code = (await decide(begun.authorizationUrl, "agree")).get("code") ?? "";
  const credential = { ...begun.credential, codeVerifier: "guessed" };
  const finishing = mastodon.authorize?.({ ...begun, credential }, { code }, callback.url);
  await expect(finishing).rejects.toMatchObject({ reason: "refused" });
});

test.each([
  ["is no address", async () => "not an address"],
  ["answers nobody", async () => `http://127.0.0.1:${await findFreePort()}`],
  ["is a server of another kind", async () => (await serve((_, response) => response.end("<h1>Hello</h1>"))).url],
  ["lets no application register", async () => (await serveWithoutApps()).url],
])("what %s cannot be connected, and the field is named", async (_name, find) => {
  const address = await find();
  if (URL.canParse(address)) allowHosts(new URL(address).host);
  await expect(begin(address)).rejects.toMatchObject({ name: "ConnectError", field: "instance" });
});

const serveWithoutApps = () =>
  serve((request, response) => {
    const isInstance = request.url === "/api/v2/instance";
    response.writeHead(isInstance ? 200 : 403, { "content-type": "application/json" });
    response.end(JSON.stringify(isInstance ? { domain: "closed.example" } : { error: "Registration is closed" }));
  });

test("a server inside the house is refused, and the field is named", async () => {
  allowHosts();
  await expect(begin("https://127.0.0.1")).rejects.toMatchObject({ name: "ConnectError", field: "instance" });
});

test("a disconnected account's token opens nothing any more", async () => {
  const { account } = await connectMastodon();
  await mastodon.disconnect?.(account);
  await expect(mastodon.check(account)).rejects.toMatchObject({ reason: "revoked" });
  await expect(mastodon.publish(account, toSubmission("hello"), [])).rejects.toMatchObject({ reason: "revoked" });
});

test.each([
  ["a line break", "abc\ndef"],
  ["something that no header holds", "abc\u0000é"],
  ["a space", "a token"],
  ["nothing in it", ""],
  ["no end", "a".repeat(9000)],
  ["another type", 12_345],
  ["another type still", null],
])("a token with %s is refused in a sentence", async (_name, token) => {
  const { server } = await connectMastodon();
  const begun = await begin(server.url);
  const body = { access_token: token, token_type: "Bearer" };
  server.fail({ method: "POST", path: "/oauth/token", answer: { status: 200, body } });
  await expect(mastodon.authorize?.(begun, { code: "a-code" }, callback.url)).rejects.toMatchObject({
    name: "NetworkError",
    reason: "refused",
    message: "The server returned a token that cannot be used.",
  });
});

test("an account whose stored token cannot be sent has to be connected again", async () => {
  const { account } = await connectMastodon();
  const broken = { ...account, credential: { ...account.credential, accessToken: "abc\ndef" } };
  await expect(mastodon.check(broken)).rejects.toMatchObject({ reason: "revoked" });
});
