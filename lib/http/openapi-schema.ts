import { z } from "zod";
import type { Operation } from "#lib/http/operation";
import { ORGANIZATION_PARAMETER, takesOrganization } from "#lib/http/require-membership-for";
import { UNPUBLISHED } from "#lib/pasted/schema";

export type Json = Record<string, unknown>;

// Members of the request that a client author sees as parameters.
const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  description: "Repeat it with the same body after a failure: what was done is not done again, for 24 hours",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};
const PREFER = {
  name: "Prefer",
  in: "header",
  description: "`wait=25` waits up to so many seconds for the network (10 unless said), `respond-async` not at all",
  schema: { type: "string" },
  example: "wait=25",
};

const ORGANIZATION = {
  name: ORGANIZATION_PARAMETER,
  in: "query",
  description: "The organization; the one that the console shows unless given",
  schema: { type: "string", format: "uuid" },
};

type Parameterized = Pick<Operation, "act" | "path" | "isIdempotent" | "isWaiting"> & { query?: z.ZodType };

/** An operation's parameters: those in its path and its query, and the headers that it reads. */
export const toParameters = ({ act, path, query, isIdempotent, isWaiting }: Parameterized): Json[] => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const properties = query ? (toSchema(query, "input").properties as Record<string, Json>) : {};
  const inQuery = Object.entries(properties).map(([name, schema]) => ({ name, in: "query", schema }));
  const organization = takesOrganization({ act, path }) ? [ORGANIZATION] : [];
  return [
    ...inPath,
    ...inQuery,
    ...organization,
    ...(isIdempotent ? [IDEMPOTENCY_KEY] : []),
    ...(isWaiting ? [PREFER] : []),
  ];
};

/** A zod schema as JSON Schema, without the alternative spellings that are accepted but not documented. */
export const toSchema = (schema: z.ZodType, io: "input" | "output"): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, override: withoutUnpublished });
  return rest;
};

function withoutUnpublished({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const { properties = {} } = jsonSchema;
  for (const [name, member] of Object.entries(properties)) {
    if (typeof member === "object" && UNPUBLISHED in member) delete properties[name];
  }
}
