import { test as base } from "@playwright/test";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import { useSettings } from "#lib/testing/process-state";
import { type Pds, type PdsAccount, startPds } from "./pds.ts";
import { startWorld, type World } from "./world.ts";

type Fixtures = { account: PdsAccount };
type WorkerFixtures = { pds: Pds; world: World; product: RunningServer; postgres: Postgres };

/** A worker has one server of each network that a test asks for; every test has an account of its own. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  pds: [
    async ({ playwright: _ }, use) => {
      const pds = await startPds();
      allowHosts(`127.0.0.1:${pds.proxy.port}`);
      await use(pds);
      await pds.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  world: [
    async ({ pds }, use) => {
      const world = await startWorld(pds);
      await use(world);
      await world.stop();
    },
    { scope: "worker" },
  ],
  /** The product with its embedded database, which publishes by itself. */
  product: [
    async ({ world }, use) => {
      const server = await startServer({ env: world.env });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  /** Without a database in it. Tests that ask for it skip where it is not installed. */
  postgres: [
    async ({ playwright: _ }, use) => {
      const postgres = await startPostgres();
      await use(postgres);
      await postgres.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  account: async ({ pds }, use) => use(await pds.createAccount()),
});

/** Makes these the hosts that this process may reach although they are not on the internet. */
const allowHosts = (...hosts: string[]): void => {
  useSettings({ OUTBOUND_ALLOWED_HOSTS: hosts.join(",") });
};

export { expect } from "@playwright/test";
