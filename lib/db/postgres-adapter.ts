import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapterFactory, SqlQuery, SqlQueryable } from "@prisma/driver-adapter-utils";
import type { Pool } from "pg";

/**
 * Prisma's adapter for a pool, which writes moments with their offset. Prisma's own adapter omits it, so the server would
 * read them in its own time zone.
 */
export const toAdapterFactory = (pool: Pool, schema: string): SqlDriverAdapterFactory => {
  const factory = new PrismaPg(pool, { schema });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => writeZones(await startTransaction(isolationLevel));
    return writeZones(adapter);
  };
  return factory;
};

function writeZones<Queryable extends SqlQueryable>(queryable: Queryable): Queryable {
  const { queryRaw, executeRaw } = queryable;
  queryable.queryRaw = (query) => queryRaw.call(queryable, withZones(query));
  queryable.executeRaw = (query) => executeRaw.call(queryable, withZones(query));
  return queryable;
}

// The adapter does not reformat values that are declared as text.
function withZones(query: SqlQuery): SqlQuery {
  const isMoment = query.argTypes.map(
    ({ scalarType, dbType }) => scalarType === "datetime" && dbType !== "DATE" && dbType !== "TIME",
  );
  if (!isMoment.includes(true)) return query;
  const args = query.args.map((value, index) => (isMoment[index] ? toText(value) : value));
  const argTypes = query.argTypes.map((type, index) =>
    isMoment[index] ? { ...type, scalarType: "string" as const } : type,
  );
  return { ...query, args, argTypes };
}

function toText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toText);
  return value === null ? null : new Date(value as string | Date).toISOString();
}
