import { type Database, useMemoryDatabase } from "#lib/db/database";
import { useTestKey } from "#lib/testing/process-state";

/** An empty in-memory database and a key for its credentials. */
export const useAccountsDatabase = async (): Promise<Database> => {
  useTestKey();
  return useMemoryDatabase();
};
