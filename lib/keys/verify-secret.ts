import { batchQueries } from "#lib/db/batch-queries";
import type { Connection, Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import { toMoment } from "#lib/db/sql-values";
import { settings } from "#lib/env";
import { checkSecret } from "#lib/keys/check-secret";
import { hashSecret } from "#lib/keys/create-secret";
import { ENVIRONMENTS, type Environment } from "#lib/keys/schema";

/** Why a credential was refused, as `X-Auth-Error` reports it. */
export type AuthErrorReason =
  | "missing"
  | "wrong_scheme"
  | "conflicting_credentials"
  | "malformed_length"
  | "malformed_characters"
  | "bad_checksum"
  | "unknown"
  | "deleted"
  | "disabled"
  | "expired"
  | "wrong_environment";

/** The presented key is not, or no longer, valid. */
export class KeyRefusedError extends Error {
  override name = "KeyRefusedError";
  readonly reason: AuthErrorReason;
  /** The id of the presented key, if it is or was one of ours. */
  readonly keyId: string | undefined;

  constructor(reason: AuthErrorReason, keyId?: string) {
    super(`The key was refused: ${reason}`);
    this.reason = reason;
    this.keyId = keyId;
  }
}

/** A caller's key, as it was in the database after the request arrived. */
export type VerifiedKey = {
  id: string;
  organizationId: string;
  name: string;
  preview: string;
  environment: Environment | null;
  scopes: string[];
  allowedAddresses: string[];
  rateLimitPerMinute: number | null;
  /** When it expires, in the wire format. */
  expiresAt: string | null;
};

type Row = Omit<VerifiedKey, "environment" | "expiresAt"> & {
  expiresAt: Date | null;
  hash: Uint8Array;
  environment: string | null;
  isDisabled: boolean;
  isDeleted: boolean;
  isExpired: boolean;
  ownerEmail?: string | null;
};

/** The key and the e-mail address of whoever generated it, if they still have an account. */
export type OwnedKey = VerifiedKey & { ownerEmail: string | null };

// The SELECT hides the array from the planner, so that one generic plan serves all calls. Otherwise the statement would be
// planned again at every call, which takes longer than the lookup itself.
const findKeys = (more = "") => `
  SELECT k.hash, k.id, k.organization_id AS "organizationId", k.name, k.preview, k.environment,
         k.scopes, k.allowed_addresses AS "allowedAddresses", k.rate_limit_per_minute AS "rateLimitPerMinute",
         k.expires_at AS "expiresAt", k.expires_at IS NOT NULL AND k.expires_at <= now() AS "isExpired",
         k.disabled_at IS NOT NULL AS "isDisabled", k.revoked_at IS NOT NULL AS "isDeleted"${more}
  FROM api_keys k WHERE k.hash = ANY((SELECT $1::bytea[])::bytea[])`;

/** Finds keys with one index probe for each. */
export const FIND_KEYS: Statement = { name: "find-keys-by-hash", text: findKeys() };

/** The same with a second probe for the owner. A join with the keys would read the whole table of users. */
export const FIND_OWNED_KEYS: Statement = {
  name: "find-owned-keys-by-hash",
  text: findKeys(`, (SELECT u.email FROM users u WHERE u.id = k.created_by_id) AS "ownerEmail"`),
};

/**
 * The key that the secret belongs to. Throws `KeyRefusedError` with the reason otherwise. Shape and checksum are checked
 * without the database, everything else by one indexed read that begins after this call. Nothing is cached.
 */
export const verifySecret = (secret: string): Promise<VerifiedKey> => verify(secret, FIND_KEYS);

/** Like `verifySecret`, and adds the key's owner. */
export const verifyOwnedSecret = (secret: string): Promise<OwnedKey> =>
  verify(secret, FIND_OWNED_KEYS) as Promise<OwnedKey>;

async function verify(secret: string, statement: Statement): Promise<VerifiedKey> {
  const flaw = checkSecret(secret);
  if (flaw) throw new KeyRefusedError(flaw);
  const row = await (await reader(statement))(hashSecret(secret));
  if (!row) throw new KeyRefusedError("unknown");
  const { hash: _, isDeleted, isDisabled, isExpired, ...key } = row;
  if (isDeleted) throw new KeyRefusedError("deleted", key.id);
  if (isDisabled) throw new KeyRefusedError("disabled", key.id);
  if (isExpired) throw new KeyRefusedError("expired", key.id);
  const environment = ENVIRONMENTS.find((tag) => tag === row.environment) ?? null;
  const here = settings().environment;
  if (here && environment && environment !== here) throw new KeyRefusedError("wrong_environment", key.id);
  return { ...key, environment, expiresAt: key.expiresAt && toMoment(key.expiresAt) };
}

type Reader = (hash: Uint8Array) => Promise<Row | undefined>;
const readers = new WeakMap<object, Map<Statement, Reader>>();

async function reader(statement: Statement): Promise<Reader> {
  const { connection } = await database();
  const existing = readers.get(connection) ?? new Map<Statement, Reader>();
  readers.set(connection, existing);
  const created = existing.get(statement) ?? createReader(connection, statement);
  existing.set(statement, created);
  return created;
}

function createReader(connection: Connection, statement: Statement): Reader {
  return batchQueries<Uint8Array, Row>(async (hashes) => {
    const rows = await connection.query<Row>(statement, [hashes]);
    const byHash = new Map(rows.map((row) => [toText(row.hash), row]));
    return hashes.map((hash) => byHash.get(toText(hash)));
  });
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
