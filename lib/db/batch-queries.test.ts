import { expect, test } from "vitest";
import { batchQueries } from "#lib/db/batch-queries";

/** A read that answers only when told to, and remembers what it was asked. */
const controlled = () => {
  const asked: { values: number[]; answer: () => void; fail: () => void }[] = [];
  const read = (values: number[]) =>
    new Promise<(string | undefined)[]>((resolve, reject) => {
      asked.push({
        values,
        answer: () => resolve(values.map((value) => (value < 0 ? undefined : `row ${value}`))),
        fail: () => reject(new Error("gone")),
      });
    });
  return { asked, read };
};

test("what is asked while a read runs goes together in the next one, never in the one that began before", async () => {
  const { asked, read } = controlled();
  const find = batchQueries(read);
  const first = find(1);
  await expect.poll(() => asked.map(({ values }) => values)).toEqual([[1]]);
  const rest = [find(2), find(-3), find(2)];
  asked[0]?.answer();
  expect(await first).toBe("row 1");
  await expect.poll(() => asked.map(({ values }) => values)).toEqual([[1], [2, -3, 2]]);
  asked[1]?.answer();
  expect(await Promise.all(rest)).toEqual(["row 2", undefined, "row 2"]);
});

test("what is asked in one go is one read", async () => {
  const { asked, read } = controlled();
  const find = batchQueries(read);
  const answers = [find(1), find(2), find(3)];
  await expect.poll(() => asked.map(({ values }) => values)).toEqual([[1, 2, 3]]);
  asked[0]?.answer();
  expect(await Promise.all(answers)).toEqual(["row 1", "row 2", "row 3"]);
});

test("a read that fails fails for those who asked it, and for nobody after them", async () => {
  const { asked, read } = controlled();
  const find = batchQueries(read);
  const first = find(1);
  await expect.poll(() => asked).toHaveLength(1);
  asked[0]?.fail();
  await expect(first).rejects.toThrow("gone");
  const second = find(2);
  await expect.poll(() => asked).toHaveLength(2);
  asked[1]?.answer();
  expect(await second).toBe("row 2");
});

test("no batch is larger than its limit", async () => {
  const sizes: number[] = [];
  const find = batchQueries<number, number>(
    async (values) => {
      sizes.push(values.length);
      return values;
    },
    { maxBatch: 3 },
  );
  expect(await Promise.all([1, 2, 3, 4, 5, 6].map(find))).toEqual([1, 2, 3, 4, 5, 6]);
  expect(Math.max(...sizes)).toBe(3);
});
