import { startServer } from "#lib/testing/console/start-server";
import { test as base } from "./fixtures.ts";
import { type Receiver, startReceiver } from "./start-receiver.ts";

/** A receiver for each worker, which its server may reach. It takes everything when a test begins. */
export const test = base.extend<{ freshReceiver: undefined }, { receiver: Receiver }>({
  receiver: [
    async ({ playwright: _ }, use) => {
      const receiver = await startReceiver();
      await use(receiver);
      await receiver.close();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ receiver }, use) => {
      const server = await startServer({ env: { OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${receiver.port}` } });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  freshReceiver: [
    async ({ receiver }, use) => {
      receiver.messages.length = 0;
      receiver.answer = { status: 204 };
      await use(undefined);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";
