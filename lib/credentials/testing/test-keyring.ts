import { createSecretKey, randomBytes } from "node:crypto";
import type { CredentialKey } from "#lib/credentials/keyring";

/** A new key with this id. */
export const makeTestKey = (id: string): CredentialKey => ({ id, key: createSecretKey(randomBytes(32)) });
