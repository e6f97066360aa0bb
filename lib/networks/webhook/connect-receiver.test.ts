import { beforeEach, expect, test } from "vitest";
import type { ConnectedAccount } from "#lib/networks/connector";
import { connectReceiver } from "#lib/networks/webhook/connect-receiver";
import { allowHosts } from "#lib/outbound/testing/test-server";
import { startReceiver, verifyMessage } from "#lib/standard-webhooks/testing/test-receiver";
import { findFreePort } from "#lib/testing/find-free-port";
import { useSettings } from "#lib/testing/process-state";

beforeEach(() => useSettings());

const connect = async (url: string): Promise<ConnectedAccount> => {
  const connection = await connectReceiver({ url });
  return { accountId: "0199c0de-0000-7000-8000-000000000003", ...connection };
};

test("connecting sends a test message, and tells the secret that it was signed with", async () => {
  const receiver = await startReceiver();
  const connection = await connectReceiver({ url: ` ${receiver.url}/hooks?token=hidden#top ` });
  expect(connection).toMatchObject({
    networkUserId: `${receiver.url}/hooks?token=hidden`,
    serverUrl: receiver.url,
    username: `127.0.0.1:${receiver.port}/hooks`,
    displayName: `127.0.0.1:${receiver.port}`,
    expiresAt: null,
  });
  const told = connection.shown?.signing_secret ?? "";
  expect(verifyMessage(told, receiver.messages[0])).toMatchObject({ type: "webhook.test", data: {} });
});

test.each([
  { status: 401 },
  { status: 403, body: "<h1>Forbidden</h1>" },
  { status: 400, body: '{"error":"No matching signature found"}' },
  { status: 400, body: "Missing header: Webhook-Id" },
])("a receiver that cannot trust the first signature yet is connected all the same: %j", async (answer) => {
  const receiver = await startReceiver(() => answer);
  await expect(connect(receiver.url)).resolves.toMatchObject({ networkUserId: `${receiver.url}/` });
});

test.each([
  [400, '{"message":"Cannot send an empty message","code":50006}', /does not understand .* with 400/],
  [400, "invalid_payload", /does not understand .* with 400/],
  [422, "{}", /does not understand .* with 422/],
  [415, "", /does not understand .* with 415/],
  [404, "no_service", /^This address does not accept POST requests.* with 404/],
  [405, "", /^This address does not accept POST requests.* with 405/],
  [410, "", /^This address does not accept POST requests.* with 410/],
  [429, "", /with 429. Try again later/],
  [500, "", /with 500. Try again later/],
] as const)("an address that answers %i %j is not connected, and why is told", async (status, body, message) => {
  const receiver = await startReceiver(() => ({ status, body }));
  const refused = { name: "ConnectError", field: "url", message: expect.stringMatching(message) };
  await expect(connect(receiver.url)).rejects.toMatchObject(refused);
  expect(receiver.messages).toHaveLength(1);
});

test.each([
  "https://discord.com/api/webhooks/1/abc",
  "https://canary.discord.com/api/webhooks/1/abc",
  "https://discordapp.com/api/webhooks/1/abc",
  "https://HOOKS.slack.com/services/T0/B0/abc",
  "https://hooks.slack.com./services/T0/B0/abc",
])("a chat's address is not even tried, and what to give instead is told: %s", async (url) => {
  allowHosts();
  const message = expect.stringMatching(/^Discord and Slack .* n8n/);
  await expect(connect(url)).rejects.toMatchObject({ name: "ConnectError", field: "url", message });
});

test("an address at which nobody listens, or that may not be used, is not connected", async () => {
  const port = await findFreePort();
  allowHosts(`127.0.0.1:${port}`);
  const expectRefusal = (url: string, message: RegExp) =>
    expect(connect(url)).rejects.toMatchObject({ field: "url", message: expect.stringMatching(message) });
  await expectRefusal(`http://127.0.0.1:${port}/`, /^Nothing answers/);
  await expectRefusal("http://127.0.0.1/", /^This address is not allowed/);
  await expectRefusal("https://example.com:8443/", /^This address is not allowed/);
  await expectRefusal("nonsense", /^Use an address/);
  await expectRefusal("ftp://example.com/", /^Use an address/);
  await expectRefusal(`https://example.com/${"a".repeat(2000)}`, /too long/);
});

test("an address that redirects is not connected", async () => {
  const receiver = await startReceiver(() => ({ status: 308, headers: { Location: "/elsewhere" } }));
  const message = "This address redirects. Use the address that it redirects to.";
  await expect(connect(receiver.url)).rejects.toMatchObject({ field: "url", message });
  expect(receiver.messages).toHaveLength(1);
});
