import fc from "fast-check";

/** As much of JSON Schema as the OpenAPI document uses. */
export type Schema = {
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  format?: string;
  pattern?: string;
};

/** Anything that JSON can say, and what is known to break programs. */
export const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.constantFrom(
    null,
    true,
    -0,
    1e308,
    "",
    "\u0000",
    "\ud800",
    { not: "" },
    { $ne: null },
    [[]],
    "__proto__",
    "1 OR 1=1",
  ),
);

/** An object with the members that the API knows, holding anything at all. */
export const membersOf = (names: string[], value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });

/** One part of a path. */
export const segment = fc
  .string({ unit: "binary", minLength: 1, maxLength: 40 })
  .map((text) => encodeURIComponent(text.toWellFormed()));

/** The value of a header. */
export const field = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => (code === 0x7f ? " " : String.fromCharCode(code))),
});

const moment = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true, min: new Date(), max: new Date("2036-01-01") }).map((date) => date.toISOString()),
  fc.constantFrom("0000-01-01T00:00:00Z", "2028-02-29T23:59:59+23:59", "9999-12-31T23:59:59.999999999-23:59"),
);

const address = fc.oneof(fc.ipV4(), fc.ipV4Extended(), fc.ipV6());

// Texts that mean something to one field or another, at the edges of what they can say.
const telling = fc.oneof(
  moment,
  address,
  fc.tuple(address, fc.nat(140)).map((block) => block.join("/")),
  fc.string({ unit: "grapheme", maxLength: 220 }),
  fc.oneof(fc.uuid(), fc.webUrl(), fc.nat(200).map(String)),
  fc.constantFrom("0000-01-01", "2024-02-29", "9999-12-31", "999999999", "0x10"),
);

/** What a schema describes, or nearly: at every depth there can be something else instead. */
export const nearly = (schema: Schema): fc.Arbitrary<unknown> => mostly<unknown>(exactly(schema), nasty);

/** Nine times of ten the one, else the other. */
export const mostly = <Value>(one: fc.Arbitrary<Value>, other: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ arbitrary: one, weight: 9 }, { arbitrary: other, weight: 1 });

/** An object with the members that are required and a few of the others. */
export const someOf = (properties: Record<string, Schema>, required: string[] = []): fc.Arbitrary<object> =>
  fc.shuffledSubarray(Object.keys(properties)).chain((names) => {
    const members = [...required, ...names.slice(0, 3)].map((name) => [name, nearly(properties[name] ?? {})]);
    return fc.record(Object.fromEntries(members));
  });

function exactly({ type = [], ...schema }: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(exactly));
  return fc.oneof(...[type].flat().map((one) => ofType(one, schema)));
}

function ofType(type: string, schema: Schema): fc.Arbitrary<unknown> {
  const { properties = {}, required, items = {}, minimum = -1e9, maximum = 1e9, format, pattern } = schema;
  if (type === "object") return someOf(properties, required);
  if (type === "array") return fc.array(nearly(items), { maxLength: 3 });
  if (type === "integer") return fc.integer({ min: minimum, max: maximum });
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  if (format === "date-time") return moment;
  return pattern ? fc.stringMatching(new RegExp(pattern)) : telling;
}
