import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConnectedAccount } from "#lib/networks/connector";
import { connectReceiver } from "#lib/networks/webhook/connect-receiver";
import { allowHosts, findFreePort } from "#lib/outbound/test-server";
import { startReceiver, verifyMessage } from "#lib/standard-webhooks/test-receiver";

const shared = globalThis as { boringSettings?: unknown };
let before: unknown;
beforeEach(() => {
  before = shared.boringSettings;
});
afterEach(() => {
  shared.boringSettings = before;
});

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

test("a receiver that cannot trust the first signature yet is connected all the same", async () => {
  const receiver = await startReceiver(() => ({ status: 401 }));
  await expect(connect(receiver.url)).resolves.toMatchObject({ networkUserId: `${receiver.url}/` });
});

test.each([404, 405, 410, 500])("an address that answers %i is not connected", async (status) => {
  const receiver = await startReceiver(() => ({ status }));
  const refused = { name: "ConnectError", field: "url", message: /^No receiver answers/ };
  await expect(connect(receiver.url)).rejects.toMatchObject({
    ...refused,
    message: expect.stringMatching(refused.message),
  });
});

test("an address at which nobody listens, or that may not be used, is not connected", async () => {
  const port = await findFreePort();
  allowHosts(`127.0.0.1:${port}`);
  const expectRefusal = (url: string, message: RegExp) =>
    expect(connect(url)).rejects.toMatchObject({ field: "url", message: expect.stringMatching(message) });
  await expectRefusal(`http://127.0.0.1:${port}/`, /^Nobody answers/);
  await expectRefusal("http://127.0.0.1/", /^This address may not be used/);
  await expectRefusal("https://example.com:8443/", /^This address may not be used/);
  await expectRefusal("nonsense", /^Give an address/);
  await expectRefusal("ftp://example.com/", /^Give an address/);
  await expectRefusal(`https://example.com/${"a".repeat(2000)}`, /too long/);
});

test("an address that redirects is not connected", async () => {
  const receiver = await startReceiver(() => ({ status: 308, headers: { Location: "/elsewhere" } }));
  const message = "This address redirects. Give the one that it leads to.";
  await expect(connect(receiver.url)).rejects.toMatchObject({ field: "url", message });
  expect(receiver.messages).toHaveLength(1);
});
