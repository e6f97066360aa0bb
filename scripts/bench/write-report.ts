import { cpus } from "node:os";
import type { Kind, LineUp } from "./line-up.ts";
import type { Rest } from "./measure-rest.ts";
import { median } from "./median.ts";
import { type Contestant, compareRounds, type Results } from "./run-rounds.ts";

const WANTED_RATIO = { embedded: 2, PostgreSQL: 5 };
const SETTINGS_KILOBYTES = 120;
const REST_MEBIBYTES = 450;
const START_SECONDS = 2;
const LEAST_OF_MANY = 0.95;
const LEAST_OF_VARIANT = 0.97;
const LEAST_WITH_QUEUE = 0.9;

/** The measurements without load. */
export type Resting = { servers: { database: string; rest: Rest }[]; settings: number | Error };

/** The results of the rounds and of the idle servers, as Markdown with each goal beside its result. */
export const writeReport = (lineUp: LineUp, results: Results, resting: Resting): string =>
  [
    `Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), 16 connections, medians. CPU is the server process's own, a request.`,
    table(
      ["", "Database", "Keys", "× bare Next", "Requests/s", "p50 ms", "p99 ms", "CPU µs", "Memory MiB", "Goal"],
      contestantsOf(lineUp).map((contestant) => toRow(contestant, lineUp, results)),
    ),
    table(
      ["", "Measured", "Goal"],
      [...toComparisons(lineUp, results), ...resting.servers.flatMap(toRestRows), toSettingsRow(resting.settings)],
    ),
  ].join("\n\n");

/** All contestants in the rounds. Those that are compared are next to each other. */
export const contestantsOf = ({ node, next, quiet, unnoted, kinds }: LineUp): Contestant[] => [
  node,
  next,
  quiet,
  unnoted,
  ...kinds.toReversed().flatMap(({ few, many, queued, posts }) => [few, many, queued, posts]),
];

function toRow(contestant: Contestant, { next, kinds }: LineUp, results: Results): string[] {
  const { name, store, server } = contestant;
  const measures = results.get(contestant) ?? [];
  const ratio = compareRounds(results, contestant, next);
  const isGoal = store !== undefined && kinds.some(({ few, many }) => contestant === few || contestant === many);
  return [
    name,
    store?.database ?? "",
    store?.keys.toLocaleString("en") ?? "",
    ratio.toFixed(2),
    Math.round(median(measures.map(({ rate }) => rate))).toLocaleString("en"),
    median(measures.map(({ p50 }) => p50)).toFixed(2),
    median(measures.map(({ p99 }) => p99)).toFixed(2),
    median(measures.map(({ cpuMicroseconds }) => cpuMicroseconds)).toFixed(0),
    server.memory().toFixed(0),
    isGoal ? judge(ratio >= WANTED_RATIO[store.database], `≥ ${WANTED_RATIO[store.database]}`) : "",
  ];
}

function toComparisons({ kinds, quiet, unnoted }: LineUp, results: Results): string[][] {
  const full = kinds.find(({ few }) => few.store?.database === quiet.store?.database)?.few;
  return [
    ...kinds.map((kind) => compareSizes(kind, results)),
    ...kinds.map((kind) => compareQueued(kind, results)),
    ...(full ? [compareVariant("Logging every request against none", full, quiet, results)] : []),
    ...(full ? [compareVariant("Keeping each key's usage against none", full, unnoted, results)] : []),
  ];
}

function compareSizes({ few, many }: Kind, results: Results): string[] {
  const share = compareRounds(results, many, few);
  const [from, to] = [few, many].map(({ store }) => store?.keys.toLocaleString("en"));
  return [
    `${to} keys against ${from}, ${few.store?.database}`,
    toPercent(share - 1),
    judge(share >= LEAST_OF_MANY, "≥ −5 %"),
  ];
}

function compareQueued({ few, queued }: Kind, results: Results): string[] {
  const share = compareRounds(results, queued, few);
  const name = `10,000 posts that are due against none, ${few.store?.database}`;
  return [name, toPercent(share - 1), judge(share >= LEAST_WITH_QUEUE, "≥ −10 %")];
}

function compareVariant(name: string, full: Contestant, variant: Contestant, results: Results): string[] {
  const share = compareRounds(results, full, variant);
  return [`${name}, ${variant.store?.database}`, toPercent(share - 1), judge(share >= LEAST_OF_VARIANT, "≥ −3 %")];
}

function toRestRows({ database, rest: { startMilliseconds, memory } }: Resting["servers"][number]): string[][] {
  const seconds = startMilliseconds / 1000;
  const startGoal = judge(seconds <= START_SECONDS, `≤ ${START_SECONDS} s`);
  const memoryGoal = judge(memory <= REST_MEBIBYTES, `≤ ${REST_MEBIBYTES} MiB`);
  return [
    [`Start of the process to its first answer, ${database}`, `${seconds.toFixed(2)} s`, startGoal],
    [`Memory at rest, ${database}`, `${memory.toFixed(0)} MiB`, memoryGoal],
  ];
}

function toSettingsRow(bytes: number | Error): string[] {
  const name = "JavaScript of the Settings page, compressed";
  if (bytes instanceof Error) return [name, `not measured: ${bytes.message.split("\n")[0]}`, ""];
  const kilobytes = bytes / 1000;
  const goal = judge(kilobytes <= SETTINGS_KILOBYTES, `≤ ${SETTINGS_KILOBYTES} kB`);
  return [name, `${kilobytes.toFixed(1)} kB`, goal];
}

function toPercent(share: number): string {
  return `${share < 0 ? "−" : "+"}${Math.abs(share * 100).toFixed(1)} %`;
}

function judge(isReached: boolean, goal: string): string {
  return `${isReached ? "✓" : "✗"} ${goal}`;
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
