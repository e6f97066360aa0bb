import { expect, test } from "vitest";
import { isRouterState } from "#lib/server/next-lane";

const encode = (value: unknown) => encodeURIComponent(JSON.stringify(value));
const leaf = ["__PAGE__", {}];

test.each([
  [["", { children: leaf }]],
  [["", { children: ["settings", { children: leaf }, null, null, 4] }, null, "refetch", 16]],
  [["", { children: [["id", "7", "d", null], { children: leaf }, ["/a", "?b"], null] }]],
  [["", { children: [["id", "7", "oc", ["x"]], {}] }]],
])("what browsers send is understood: %j", (state) => expect(isRouterState(encode(state))).toBe(true));

test.each([
  "garbage",
  "%",
  "",
  encode(null),
  encode([]),
  encode([""]),
  encode(["", []]),
  encode(["", { children: "x" }]),
  encode(["", { children: ["x"] }]),
  encode([7, {}]),
  encode([["id", "7", "zz", null], {}]),
  encode(["", {}, "x"]),
  encode(["", {}, null, "sometimes"]),
  encode(["", {}, null, null, "4"]),
  encode(["", {}, null, null, 4, null]),
  `${'["",{"a":'.repeat(3000)}["",{}]${"}]".repeat(3000)}`,
])("anything else is not: %.40s", (header) => expect(isRouterState(header)).toBe(false));
