import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";

/** A statement that is prepared once under its name. Its parameters are `$1`, `$2`, … */
export type Statement = { name: string; text: string };

/** One connection of its own, without a statement timeout. */
export type MigrationTarget = { execute(sql: string): Promise<unknown> };

/** The interface that both databases share, below Prisma. */
export type Connection = {
  kind: "pglite" | "postgresql";
  adapterFactory: SqlDriverAdapterFactory;
  /** The same database over reserved connections for urgent work. Absent where there is only one connection. */
  urgentAdapterFactory?: SqlDriverAdapterFactory;
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
