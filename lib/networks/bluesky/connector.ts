import { capabilities } from "#lib/networks/bluesky/capabilities";
import { check, connect, connectFields } from "#lib/networks/bluesky/connect";
import { type Prepared, prepare } from "#lib/networks/bluesky/prepare";
import { publish, reconcile } from "#lib/networks/bluesky/publish";
import { disconnect, refresh } from "#lib/networks/bluesky/session";
import type { Connector } from "#lib/networks/connector";

/** The connector for Bluesky and every other AT Protocol server that hosts its posts. */
export const bluesky: Connector<Prepared> = {
  network: "bluesky",
  label: "Bluesky",
  capabilities,
  connectFields,
  connect: (given) => connect(given),
  check,
  refresh,
  disconnect,
  prepare,
  publish,
  reconcile,
};
