import fc from "fast-check";
import { field, mostly, nasty, nearly, segment, someOf } from "./hostile-values.ts";
import type { Operation } from "./read-operations.ts";

/** A request to an operation; `{keyId}` stays in the path where a key's own id belongs. */
export type HostileRequest = { method: string; path: string; headers: Record<string, string>; json: unknown };

/** Requests that are nearly right, and wrong in whatever can be wrong: path, query, headers and body. */
export const hostileRequests = ({ method, path, parameters, body }: Operation): fc.Arbitrary<HostileRequest> => {
  const named = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const queries = Object.fromEntries(named("query").map(({ name, schema }) => [name, schema]));
  const value = fc.oneof(field, fc.uuid());
  return fc
    .record({
      path: fillPath(path),
      query: someOf(queries).map(Object.entries),
      unknown: mostly<[string, unknown][]>(fc.constant([]), fc.array(fc.tuple(fc.string({ maxLength: 10 }), nasty))),
      headers: fc.dictionary(fc.constantFrom("Accept", ...named("header").map(({ name }) => name)), value),
      json: body ? nearly(body) : fc.constant(undefined),
    })
    .map(({ query, unknown, ...request }) => ({
      ...request,
      method,
      path: withQuery(request.path, [...query, ...unknown]),
    }));
};

function fillPath(path: string): fc.Arbitrary<string> {
  const other = fc.oneof(segment, fc.uuid());
  const parts = path.split("/").map((part) => {
    if (!part.startsWith("{")) return fc.constant(part);
    return mostly(fc.constant("{keyId}"), other);
  });
  return fc.tuple(...parts).map((filled) => filled.join("/"));
}

function withQuery(path: string, members: [name: string, value: unknown][]): string {
  const texts = members.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
  return members.length > 0 ? `${path}?${new URLSearchParams(texts)}` : path;
}
