import type { Schema } from "./hostile-values.ts";

type Parameter = { name: string; in: "path" | "query" | "header"; schema: Schema };
type Described = {
  security: Record<string, unknown>[];
  parameters: Parameter[];
  requestBody?: { content: { "application/json": { schema: Schema } } };
};

/** Who an operation is for: somebody without credentials, with a key, or with a session. */
export type Caller = "stranger" | "program" | "person";

/** One method on one path, as the OpenAPI document describes it. */
export type Operation = {
  method: string;
  path: string;
  caller: Caller;
  parameters: Parameter[];
  body: Schema | undefined;
};

/** Every operation that a server documents. */
export const readOperations = async (url: string): Promise<Operation[]> => {
  const response = await fetch(`${url}/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, Described>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security, parameters, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      caller: toCaller(security),
      parameters,
      body: requestBody?.content["application/json"].schema,
    })),
  );
};

function toCaller(security: Record<string, unknown>[]): Caller {
  if (security.length === 0) return "stranger";
  return security.some((scheme) => "session" in scheme) ? "person" : "program";
}
