import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { batchWrites } from "#lib/db/batch-queries";
import type { Connection } from "#lib/db/connection";
import { UncertainCommitError } from "#lib/db/database-errors";
import { useDatabase } from "#lib/testing/process-state";

const STATEMENT = { name: "write", text: "" };
let written: string[][];
let refusal: (ids: string[]) => Error | undefined;

beforeEach(() => {
  written = [];
  refusal = () => undefined;
  const write = async (_statement: unknown, [json]: [string]) => {
    const ids = (JSON.parse(json) as { id: string }[]).map(({ id }) => id);
    written.push(ids);
    const error = refusal(ids);
    if (error) throw error;
    return ids.filter((id) => id !== "gone").map((id) => ({ id, at: id.length }));
  };
  useDatabase({ connection: { write } as unknown as Connection });
});

test("what is written together shares a statement, and each has its own row", async () => {
  const write = batchWrites<{ id: string; at: number }>(STATEMENT);
  const [a, long] = [randomUUID(), "a-longer-one-than-an-identifier-of-the-other-kind"];
  expect(await Promise.all([write({ id: a }), write({ id: "gone" }), write({ id: long })])).toEqual([
    { id: a, at: a.length },
    undefined,
    { id: long, at: long.length },
  ]);
  expect(written).toEqual([[a, "gone", long]]);
});

test("one that the database refuses does not take the others with it", async () => {
  refusal = (ids) =>
    ids.includes("bad") ? Object.assign(new Error("refused"), { severity: "ERROR", code: "22P05" }) : undefined;
  const write = batchWrites(STATEMENT);
  const results = await Promise.allSettled([write({ id: "a" }), write({ id: "bad" }), write({ id: "b" })]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(written).toEqual([["a", "bad", "b"], ["a"], ["bad"], ["b"]]);
});

test.each([
  ["whose commit is uncertain", new UncertainCommitError({ cause: new Error("cut") })],
  ["whose connection was lost", new Error("Connection terminated unexpectedly")],
  ["that the server ended", Object.assign(new Error("ended"), { severity: "FATAL", code: "57P01" })],
])("what may have been committed, a write %s, is not written again", async (_what, error) => {
  refusal = () => error;
  const write = batchWrites(STATEMENT);
  const results = await Promise.allSettled([write({ id: "a" }), write({ id: "b" })]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(written).toHaveLength(1);
});
