import { type KeyQuery, keyQuerySchema } from "#lib/keys/schema";

/** What of an address's parameters makes sense as a query. A page shows what it can of an address mistyped or out of date. */
export const toKeyQuery = (params: Record<string, string | string[] | undefined>): KeyQuery => {
  const { shape } = keyQuerySchema;
  const entries = Object.entries(shape).flatMap(([name, schema]) => {
    const { data } = schema.safeParse(params[name]);
    return data ? [[name, data]] : [];
  });
  return Object.fromEntries(entries);
};
