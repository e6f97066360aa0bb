import { expect, test } from "vitest";
import { listConnectors } from "#lib/networks/registry";

const NOTICE_DAYS = 60;
const DAY_MILLISECONDS = 86_400_000;

type Versioned = { network: string; apiVersion?: { name: string; endsOn: string } };

/** Versions that end within the notice, or have no day on which they end. See docs/networks/README.md for what to do then. */
const findEnding = (connectors: readonly Versioned[], today: Date): string[] =>
  connectors.flatMap(({ network, apiVersion }) => {
    if (!apiVersion) return [];
    const left = Date.parse(`${apiVersion.endsOn}T00:00:00Z`) - today.getTime();
    return left >= NOTICE_DAYS * DAY_MILLISECONDS ? [] : [`${network} ${apiVersion.name} ends on ${apiVersion.endsOn}`];
  });

test("no version that a connector names ends within sixty days", () => {
  expect(findEnding(listConnectors(), new Date())).toEqual([]);
});

test.each([
  ["2027-05-16T00:00:00Z", []],
  ["2027-05-16T00:00:01Z", ["notes 202607 ends on 2027-07-15"]],
  ["2028-01-01T00:00:00Z", ["notes 202607 ends on 2027-07-15"]],
])("on %s, a version until 2027-07-15 is reported as %j", (today, expected) => {
  const apiVersion = { name: "202607", endsOn: "2027-07-15" };
  expect(findEnding([{ network: "notes", apiVersion }, { network: "other" }], new Date(today))).toEqual(expected);
});

test("a version without a day is reported", () => {
  expect(findEnding([{ network: "notes", apiVersion: { name: "1", endsOn: "soon" } }], new Date())).toHaveLength(1);
});
