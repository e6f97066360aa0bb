import { type Keyring, loadKeyring } from "#lib/credentials/load-keyring";
import { settings } from "#lib/env";

// Next compiles its own copy of this module; both must have the same keys.
const shared = globalThis as { boringKeyring?: Keyring };

/** This process's keys, loaded once as `loadKeyring` does. */
export const keyring = (): Keyring => {
  shared.boringKeyring ??= loadKeyring(settings()).keyring;
  return shared.boringKeyring;
};
