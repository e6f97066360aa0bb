import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";

/**
 * The factory whose adapters hand a migration's script to `execute` as it is written, and wait for its end. Their own
 * way is to cut it at every semicolon, functions and texts included, or not to wait.
 */
export const runWholeScripts = (
  factory: SqlMigrationAwareDriverAdapterFactory,
  execute: (script: string) => Promise<unknown>,
): SqlMigrationAwareDriverAdapterFactory => {
  const connect = factory.connect.bind(factory);
  return Object.assign(Object.create(factory) as SqlMigrationAwareDriverAdapterFactory, {
    connect: async () => {
      const adapter = await connect();
      adapter.executeScript = async (script: string) => {
        await execute(script);
      };
      return adapter;
    },
  });
};
