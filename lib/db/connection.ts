import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationTarget } from "#lib/db/migrate";

/** A statement that is prepared once under its name. Its parameters are numbered `$1`, `$2`, … */
export type Statement = { name: string; text: string };

/** What the two databases have in common, below Prisma. */
export type Connection = {
  kind: "pglite" | "postgresql";
  adapterFactory: SqlMigrationAwareDriverAdapterFactory;
  /** The same database over connections that nothing takes but what may not wait for them; absent where there is one. */
  urgentAdapterFactory?: SqlMigrationAwareDriverAdapterFactory;
  /** Runs one prepared statement outside Prisma, for the hot path alone. */
  query<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
  /**
   * Runs one prepared statement that writes, or waits for locks, where nobody's key has to wait for it. Throws
   * `UncertainCommitError` when nobody knows whether it was committed.
   */
  write<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
  /** The time zone that the database is on when nobody says another one. */
  ownTimeZone(): Promise<string>;
  migrationTarget(): MigrationTarget & { close(): Promise<void> };
  close(): Promise<void>;
};
