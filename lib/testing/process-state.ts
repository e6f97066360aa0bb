import type { Keyring } from "#lib/credentials/keyring";
import { makeTestKey } from "#lib/credentials/testing/test-keyring";
import type { Database } from "#lib/db/database";
import { readSettings, type Settings } from "#lib/env";

type ProcessState = {
  boringDatabase: Promise<Database>;
  boringSettings: Settings | undefined;
  boringKeyring: Keyring;
  boringMediaFolder: Promise<string> | undefined;
  boringMediaBytes: number;
  boringRefusals: { noted: Map<string, number>; pending: unknown[] };
  boringGithubKeys: unknown;
};

// The product keeps these on the process, because Next compiles its own copies of the modules that have them.
const state = globalThis as Partial<ProcessState>;

/** Makes an open connection, and whatever else is given of a database, this process's database. */
export const useDatabase = (database: Pick<Database, "connection"> & Partial<Database>): void => {
  state.boringDatabase = Promise.resolve(database as Database);
};

/** Makes these this process's settings, read from an environment that is silent unless it says otherwise. */
export const useSettings = (environment: Record<string, string> = {}): void => {
  state.boringSettings = readSettings({ LOG_LEVEL: "silent", ...environment });
};

/** Changes some of this process's settings and returns what takes the change back. */
export const changeSettings = (changes: Partial<Settings>): (() => void) => {
  const before = state.boringSettings ?? readSettings({ LOG_LEVEL: "silent" });
  state.boringSettings = { ...before, ...changes };
  return () => {
    state.boringSettings = before;
  };
};

/** Gives this process a key of its own to encrypt with. */
export const useTestKey = (): void => {
  state.boringKeyring = [makeTestKey("tests")];
};

/** Makes a folder the one in which media are kept; without one it is made anew from the settings. */
export const useMediaFolder = (folder?: string): void => {
  state.boringMediaFolder = folder === undefined ? undefined : Promise.resolve(folder);
  state.boringMediaBytes = 0;
};

/** What this process remembers of refusals. */
export const countRefusals = () => ({
  noted: state.boringRefusals?.noted.size,
  pending: state.boringRefusals?.pending.length,
});

/** Has this process remember no more of refusals than one that has just started. */
export const forgetRefusals = (): void => {
  delete state.boringRefusals;
};

/** The same for the public keys of GitHub. */
export const forgetGithubKeys = (): void => {
  delete state.boringGithubKeys;
};
