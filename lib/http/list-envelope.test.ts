import { beforeEach, expect, test } from "vitest";
import { pageQuerySchema, toListEnvelope, toPageRange } from "#lib/http/list-envelope";
import { useSettings } from "#lib/testing/process-state";

beforeEach(() => useSettings({ PUBLIC_URL: "http://localhost:4310" }));

const INVALID = expect.objectContaining({ code: "NotFound", message: "Invalid page." });
const page = (number: string | undefined, count: number, filters = {}) =>
  toListEnvelope("/v2/posts", { page: number, page_size: "10", ...filters }, count, []);
const urlOf = (query: string) => `http://localhost:4310/v2/posts?${query}`;

test.each([
  [undefined, 0, null, null],
  ["1", 10, null, null],
  ["1", 11, "page=2&page_size=10", null],
  ["2", 11, null, "page=1&page_size=10"],
  ["2", 21, "page=3&page_size=10", "page=1&page_size=10"],
])("page %s of %i rows has the neighbours that there are", (number, count, next, previous) => {
  expect(page(number, count)).toEqual({
    count,
    next: next && urlOf(next),
    previous: previous && urlOf(previous),
    results: [],
  });
});

test("addresses of neighbours begin with the public address and keep every filter", () => {
  const { next } = page(undefined, 11, { status: "failed", platform: undefined, text: "a&b=c d" });
  const url = new URL(next ?? "");
  expect(url.origin + url.pathname).toBe("http://localhost:4310/v2/posts");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    page: "2",
    page_size: "10",
    status: "failed",
    text: "a&b=c d",
  });
});

test.each(["0", "-1", "01", "1.5", "1e3", "abc", "", " 1", "９", "9999999999"])("page %j is not found", (number) => {
  expect(() => toPageRange({ page: number })).toThrow(INVALID);
});

test.each([
  ["2", 10],
  ["2", 0],
  ["100", 11],
])("page %s of %i rows is beyond the last one", (number, count) => {
  expect(() => page(number, count)).toThrow(INVALID);
});

test("a page has twenty rows unless told otherwise, and a hundred at most", () => {
  expect(toPageRange({})).toEqual({ skip: 0, take: 20 });
  expect(toPageRange({ page: "3", page_size: "100" })).toEqual({ skip: 200, take: 100 });
  const isSize = (page_size: string) => pageQuerySchema.safeParse({ page_size }).success;
  expect(["1", "99", "100"].filter((size) => !isSize(size))).toEqual([]);
  expect(["0", "101", "-1", "1.5", "", "abc", "010"].filter(isSize)).toEqual([]);
});
