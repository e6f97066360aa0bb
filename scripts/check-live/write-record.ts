import { settings } from "#lib/env";
import type { Connector } from "#lib/networks/connector";
import { VERSION } from "#lib/version";
import type { Trial } from "./try-publishing.ts";

/** The dated record of a trial, as Markdown that can be kept. It contains no secret. */
export const writeRecord = ({ network, label, apiVersion }: Connector, { findings, left }: Trial): string => {
  const place = settings().networkApiUrls[network];
  const rows = findings.map(
    ({ what, result, isGood }) => `| ${what} | ${toCell(result)} | ${isGood ? "yes" : "**no**"} |`,
  );
  return [
    `# ${label}, ${new Date().toISOString()}`,
    "",
    `Boring Console ${VERSION}${apiVersion ? `, version ${apiVersion.name} of the network's API` : ""}.`,
    place ? `Not the live network, but ${place}.` : "The live network.",
    "",
    "| Tried | Result | As expected |",
    "|---|---|---|",
    ...rows,
    "",
    left.length > 0 ? `Delete by hand: ${left.join(" ")}` : "Nothing is left at the network.",
  ].join("\n");
};

function toCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}
