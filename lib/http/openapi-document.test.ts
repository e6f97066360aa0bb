import { expect, test } from "vitest";
import { openApiDocument } from "#lib/http/openapi-document";

type Json = Record<string, unknown>;
type Parameter = { name: string; in: string; schema: Json };
type Described = { operationId: string; parameters: Parameter[]; requestBody?: unknown };

const document = openApiDocument("https://console.example");
const paths = Object.values(document.paths as Record<string, Record<string, Described>>);
const operations = paths.flatMap((path): Described[] => Object.values(path));
const find = (id: string): Described => {
  const operation = operations.find(({ operationId }) => operationId === id);
  if (!operation) throw new Error(`There is no ${id}.`);
  return operation;
};

/** Every object in a document that has `properties`. */
const listObjects = (value: unknown): Json[] => {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(listObjects);
  return "properties" in value ? [value.properties as Json, ...inner] : inner;
};

test("of the spellings of a time, one is published", () => {
  for (const id of ["createPost", "composePost"]) {
    const names = listObjects(find(id).requestBody).flatMap(Object.keys);
    expect(names.filter((name) => /schedule/i.test(name))).toEqual(["scheduledAt"]);
  }
  expect(JSON.stringify(document)).not.toContain("x-unpublished");
});

test("no two members beside each other become one name in a client that is made of the document", () => {
  for (const properties of listObjects(document)) {
    const names = Object.keys(properties).map((name) => name.replace(/[^a-z0-9]/gi, "").toLowerCase());
    expect(new Set(names).size, names.join(", ")).toBe(names.length);
  }
});

test("pages and limits are whole numbers", () => {
  const numbers = operations.flatMap(({ parameters }: Described) =>
    parameters.filter(({ name }) => ["page", "page_size", "limit"].includes(name)),
  );
  expect(numbers.length).toBeGreaterThan(5);
  for (const { schema } of numbers) {
    expect(schema).toMatchObject({ type: "integer", minimum: 1 });
    expect(schema).not.toHaveProperty("pattern");
  }
});

test.each<[string, string[]]>([
  ["createPost", ["Idempotency-Key", "Prefer"]],
  ["composePost", ["Idempotency-Key", "Prefer"]],
  ["retryPost", ["Prefer"]],
  ["takeUpPost", ["Prefer"]],
  ["generateKey", ["Idempotency-Key"]],
  ["rotateKey", ["Idempotency-Key"]],
  ["getPost", []],
])("the headers that %s heeds are parameters: %j", (id, names) => {
  const headers = find(id).parameters.filter((parameter) => parameter.in === "header");
  expect(headers.map((header) => header.name)).toEqual(names);
});

test.each(["retryPost", "rotateKey"])("%s may be called without a body", (id) => {
  expect(find(id).requestBody).toMatchObject({ required: false });
});
