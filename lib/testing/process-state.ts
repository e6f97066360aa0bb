import { loaded } from "#lib/credentials/keyring";
import { makeTestKey } from "#lib/credentials/testing/test-keyring";
import type { Database } from "#lib/db/database";
import { readSettings, type Settings } from "#lib/env";
import { kept } from "#lib/media/kept-files";
import { processState } from "#lib/process-state";

/** Makes an open connection, and whatever else is given of a database, this process's database. */
export const useDatabase = (database: Pick<Database, "connection"> & Partial<Database>): void => {
  processState.database = Promise.resolve(database as Database);
};

/** Makes these this process's settings, read from an environment that is silent unless it says otherwise. */
export const useSettings = (environment: Record<string, string> = {}): void => {
  processState.settings = readSettings({ LOG_LEVEL: "silent", ...environment });
};

/** Changes some of this process's settings and returns what takes the change back. */
export const changeSettings = (changes: Partial<Settings>): (() => void) => {
  const before = processState.settings ?? readSettings({ LOG_LEVEL: "silent" });
  processState.settings = { ...before, ...changes };
  return () => {
    processState.settings = before;
  };
};

/** Gives this process a key of its own to encrypt with. */
export const useTestKey = (): void => {
  loaded.keyring = [makeTestKey("tests")];
};

/** Makes a folder the one in which media are kept; without one it is made anew from the settings. */
export const useMediaFolder = (folder?: string): void => {
  kept.folder = folder === undefined ? undefined : Promise.resolve(folder);
  kept.bytes = 0;
};
