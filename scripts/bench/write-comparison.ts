import { cpus } from "node:os";
import type { Rest } from "./measure-rest.ts";
import { median } from "./median.ts";
import { type Contestant, compareRounds, type Results } from "./run-rounds.ts";
import type { WorkedOff } from "./work-off.ts";

type Both<Value> = readonly [Value, Value];

/** The results of two builds on one kind of database, this build first. */
export type Compared = {
  database: "embedded" | "PostgreSQL";
  contestants: Both<Contestant[]>;
  results: Results;
  resting: Both<{ first: Rest; later: Rest }[]>;
  peaks: number[];
  posts: Both<WorkedOff[]>;
  deliveries: Both<WorkedOff[]>;
  due: Both<number[]>;
  size: { posts: number; deliveries: number; due: number };
};

/** The comparison as Markdown. Each ratio is this build's value to the other's. */
export const writeComparison = (other: string, compared: Compared[], weights: number[]): string => {
  const head = ["", "Database", "This build", other, "×", "CPU µs", `CPU µs, ${other}`];
  const rows = compared.flatMap((each) => [
    ...each.contestants[0].flatMap((_, index) => toLoadRows(each, index)),
    toWorkRow(`${each.size.posts.toLocaleString("en")} due posts, one worker`, each.database, each.posts),
    toWorkRow(`${each.size.deliveries.toLocaleString("en")} webhook deliveries`, each.database, each.deliveries),
    toDueRow(each),
    ...toRestRows(each),
  ]);
  const [here = Number.NaN, there = Number.NaN] = weights.map((bytes) => bytes / 1000);
  rows.push(toRow("JavaScript of the Settings page", "", [here, there], (kilobytes) => `${kilobytes.toFixed(1)} kB`));
  return [
    `Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), 16 connections, medians. Both builds in the same rounds, in turn; × is the median of the rounds' ratios. CPU is the process's own, for each piece.`,
    [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n"),
  ].join("\n\n");
};

function toLoadRows({ database, contestants, results }: Compared, index: number): string[][] {
  const both = contestants.map((own) => own[index]);
  const [here, there] = both;
  if (!here || !there) return [];
  const pick = (key: "rate" | "p50" | "p99" | "cpuMicroseconds") =>
    both.map((contestant) => median((contestant && results.get(contestant))?.map((measure) => measure[key]) ?? []));
  const cpu = pick("cpuMicroseconds").map((microseconds) => microseconds.toFixed(0));
  return [
    [...toRow(here.name, database, pick("rate"), toRate, compareRounds(results, here, there)).slice(0, 5), ...cpu],
    toRow(`${here.name}, p50`, database, pick("p50"), toMilliseconds),
    toRow(`${here.name}, p99`, database, pick("p99"), toMilliseconds),
  ];
}

function toWorkRow(name: string, database: string, both: Both<WorkedOff[]>): string[] {
  const cpu = both.map((all) => median(all.map(({ cpuMicroseconds }) => cpuMicroseconds)).toFixed(0));
  const rates = both.map((all) => median(all.map(({ perSecond }) => perSecond)));
  return [...toRow(name, database, rates, toRate).slice(0, 5), ...cpu];
}

function toDueRow({ database, due, size }: Compared): string[] {
  const name = `\`GET /v2/me\` beside ${size.due.toLocaleString("en")} due posts, to beside none`;
  return toRow(name, database, due.map(median), (share) => `${((share - 1) * 100).toFixed(1)} %`);
}

function toRestRows({ database, resting, peaks }: Compared): string[][] {
  const pick = (read: (rest: { first: Rest; later: Rest }) => number) => resting.map((all) => median(all.map(read)));
  return [
    toRow(
      "Start to first answer",
      database,
      pick(({ later }) => later.startMilliseconds / 1000),
      toSeconds,
    ),
    toRow(
      "First start of all to first answer",
      database,
      pick(({ first }) => first.startMilliseconds / 1000),
      toSeconds,
    ),
    toRow(
      "Memory at rest",
      database,
      pick(({ later }) => later.memory),
      toMebibytes,
    ),
    toRow(
      "Peak memory, later start",
      database,
      pick(({ later }) => later.peakMemory),
      toMebibytes,
    ),
    toRow(
      "Peak memory, first start",
      database,
      pick(({ first }) => first.peakMemory),
      toMebibytes,
    ),
    toRow("Peak memory under load", database, peaks, toMebibytes),
  ];
}

function toRow(
  name: string,
  database: string,
  [here = Number.NaN, there = Number.NaN]: readonly number[],
  write: (value: number) => string,
  ratio = here / there,
): string[] {
  return [name, database, write(here), write(there), ratio.toFixed(2), "", ""];
}

const toRate = (perSecond: number): string => `${Math.round(perSecond).toLocaleString("en")}/s`;
const toMilliseconds = (milliseconds: number): string => `${milliseconds.toFixed(2)} ms`;
const toSeconds = (seconds: number): string => `${seconds.toFixed(2)} s`;
const toMebibytes = (mebibytes: number): string => `${mebibytes.toFixed(0)} MiB`;
