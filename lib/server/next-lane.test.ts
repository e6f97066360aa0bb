import fc from "fast-check";
import { prepareFlightRouterStateForRequest } from "next/dist/client/flight-data-helpers.js";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { expect, test } from "vitest";
import { isRouterState } from "#lib/server/next-lane";

const encode = (value: unknown) => encodeURIComponent(JSON.stringify(value));
const leaf = ["__PAGE__", {}];

// Where Next throws, it answers with a 500.
const isTakenByNext = (header: string): boolean => {
  try {
    return parseAndValidateFlightRouterState(header) !== undefined;
  } catch {
    return false;
  }
};

test.each([
  [["", { children: leaf }]],
  [["", { children: ["settings", { children: leaf }, null, null, 4] }, null, "refetch", 16]],
  [["", { children: [["id", "7", "d", null], { children: leaf }, ["/a", "?b"], null] }]],
  [["", { children: [["id", "7", "oc", ["x"]], {}] }]],
])("what Next's own client makes of %j is understood", (state) => {
  type State = Parameters<typeof prepareFlightRouterStateForRequest>[0];
  for (const header of [encode(state), prepareFlightRouterStateForRequest(state as State)]) {
    expect([isTakenByNext(header), isRouterState(header)]).toEqual([true, true]);
  }
});

test.each([
  "garbage",
  "%",
  "",
  encode(null),
  encode([]),
  encode([""]),
  encode(["", { children: "x" }]),
  encode(["", { children: ["x"] }]),
  encode([7, {}]),
  encode([["id", "7", "zz", null], {}]),
  encode(["", {}, "x"]),
  encode(["", {}, null, "sometimes"]),
  encode(["", {}, null, null, "4"]),
  encode(["", {}, null, null, 4, null]),
])("what Next fails at is not: %s", (header) => {
  expect([isTakenByNext(header), isRouterState(header)]).toEqual([false, false]);
});

test("neither is what no client sends: a list of branches, and what is nested far deeper than any page", () => {
  expect(isRouterState(encode(["", []]))).toBe(false);
  const nest = (levels: number) => `${'["",{"a":'.repeat(levels)}["",{}]${"}]".repeat(levels)}`;
  expect([30, 31, 3000].map((levels) => isRouterState(nest(levels)))).toEqual([true, false, false]);
});

// As Next has it, with a mistake at any place now and then.
const oneOf = (...values: unknown[]) => fc.constantFrom<unknown>(...values);
const segment = fc.oneof(
  { weight: 5, arbitrary: fc.string({ maxLength: 3 }) },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.string(),
      fc.string(),
      oneOf("c", "oc", "d", "ci(..)", "di(.)", "x"),
      oneOf(null, [], ["a"], [1], "a"),
    ),
  },
  { weight: 1, arbitrary: oneOf(null, 1, [], ["id", "7", "d"], {}) },
);
const rest = fc.tuple(
  oneOf(null, null, ["/a", "?b"], ["/a"], "x"),
  oneOf(null, null, "refetch", "inside-shared-layout", "metadata-only", "sometimes"),
  oneOf(null, 4, 4, "4"),
  oneOf("a", "a", null),
);
const { tree } = fc.letrec<{ tree: unknown[] }>((tie) => ({
  tree: fc
    .tuple(
      segment,
      fc.oneof(
        { maxDepth: 3, depthIdentifier: "tree" },
        fc.constant({}),
        fc.dictionary(oneOf("children", "modal") as fc.Arbitrary<string>, tie("tree"), { maxKeys: 2 }),
      ),
      rest,
      fc.nat({ max: 5 }),
    )
    .map(([name, branches, more, length]) => [name, branches, ...more].slice(0, length < 1 ? 1 : length + 1)),
}));

test("everything else is judged as Next judges it", () => {
  let taken = 0;
  fc.assert(
    fc.property(tree, (state) => {
      const header = encode(state);
      const isTaken = isTakenByNext(header);
      if (isTaken) taken++;
      expect(isRouterState(header)).toBe(isTaken);
    }),
    { numRuns: 2000 },
  );
  expect(taken, "both answers are given").toBeGreaterThan(100);
});
