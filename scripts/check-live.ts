// What a network really does with a post, and with one whose answer is lost. Exit codes: 0 as expected, 1 not, 2 not tried.
import "#lib/server/prepare-process";
import { findObstacles } from "#lib/accounts/get-account";
import { findConnector, listConnectors } from "#lib/networks/registry";
import { toStartSentence } from "#lib/server/start-error";
import { connectByHand } from "./check-live/connect-by-hand.ts";
import { tryPublishing } from "./check-live/try-publishing.ts";
import { writeRecord } from "./check-live/write-record.ts";

const [name = "", ...others] = process.argv.slice(2);
const connector = findConnector(name);
const names = listConnectors().flatMap(({ network, connect }) => (connect ? [network] : []));

try {
  if (!connector?.connect || others.length > 0) throw new Error(`Name one network: ${names.join(", ")}.`);
  const { missing_settings: missing, unmet_needs: unmet } = findObstacles(connector);
  if (missing.length > 0) throw new Error(`Set ${missing.join(" and ")} first: see docs/networks.`);
  if (unmet.length > 0) throw new Error(`PUBLIC_URL lacks what ${connector.label} needs: ${unmet.join(", ")}.`);
  const account = await connectByHand(connector);
  const trial = await tryPublishing(connector, account);
  console.log(writeRecord(connector, trial));
  process.exitCode = trial.findings.every(({ isGood }) => isGood) ? 0 : 1;
} catch (error) {
  console.error(toStartSentence(error));
  process.exitCode = 2;
}
