import { test as base } from "@playwright/test";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser, type User } from "#lib/testing/console/user";

/** A server with an embedded database of its own for each worker, and a new person for each test. */
export const test = base.extend<{ user: User }, { server: RunningServer }>({
  server: [
    async ({ playwright: _ }, use) => {
      const server = await startServer({ env: { RATE_LIMIT_PER_MINUTE: "1000000" } });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  user: async ({ server }, use) => {
    await use(await createUser(server.url));
  },
});

export { expect } from "@playwright/test";
