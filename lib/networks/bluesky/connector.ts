import { capabilities } from "#lib/networks/bluesky/capabilities";
import { check } from "#lib/networks/bluesky/check";
import { connect, connectFields } from "#lib/networks/bluesky/connect";
import { disconnect } from "#lib/networks/bluesky/disconnect";
import { type Prepared, prepare } from "#lib/networks/bluesky/prepare";
import { publish } from "#lib/networks/bluesky/publish";
import { reconcile } from "#lib/networks/bluesky/reconcile";
import { refresh } from "#lib/networks/bluesky/refresh";
import type { Connector } from "#lib/networks/connector";

/** Bluesky, and every other server of the AT Protocol that keeps its posts. */
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
