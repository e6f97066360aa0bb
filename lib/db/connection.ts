import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationTarget } from "#lib/db/migrate";

/** A statement that is prepared once under its name. Its parameters are `$1`, `$2`, … */
export type Statement = { name: string; text: string };

/** The interface that both databases share, below Prisma. */
export type Connection = {
  kind: "pglite" | "postgresql";
  adapterFactory: SqlMigrationAwareDriverAdapterFactory;
  /** The same database over reserved connections for urgent work. Absent where there is only one connection. */
  urgentAdapterFactory?: SqlMigrationAwareDriverAdapterFactory;
  /** Runs one prepared statement outside Prisma, only for the hot path. */
  query<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
  /**
   * Runs one prepared statement that writes or waits for locks, on connections that key checks do not use. Throws
   * `UncertainCommitError` when it is unknown whether the statement was committed.
   */
  write<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
  /** The database's own default time zone. */
  ownTimeZone(): Promise<string>;
  migrationTarget(): MigrationTarget & { close(): Promise<void> };
  close(): Promise<void>;
};
