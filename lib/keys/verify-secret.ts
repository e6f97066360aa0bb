import { batchReads } from "#lib/db/batch-reads";
import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import { checkSecret } from "#lib/keys/check-secret";
import { hashSecret } from "#lib/keys/hash-secret";
import { KeyRefusedError } from "#lib/keys/key-refused-error";
import { ENVIRONMENTS, type Environment } from "#lib/keys/schema";

/** The key that a caller holds, as it stood in the database after the request arrived. */
export type VerifiedKey = {
  id: string;
  userId: string;
  name: string;
  preview: string;
  environment: Environment | null;
  ownerEmail: string;
};

type Row = Omit<VerifiedKey, "environment"> & {
  hash: Uint8Array;
  environment: string | null;
  isDisabled: boolean;
  isDeleted: boolean;
};

const FIND_KEYS: Statement = {
  name: "find-keys-by-hash",
  text: `SELECT k.hash, k.id, k.user_id AS "userId", k.name, k.preview, k.environment, u.email AS "ownerEmail",
                k.disabled_at IS NOT NULL AS "isDisabled", k.revoked_at IS NOT NULL AS "isDeleted"
         FROM api_keys k JOIN users u ON u.id = k.user_id WHERE k.hash = ANY($1::bytea[])`,
};

/**
 * The key that the secret opens. Throws `KeyRefusedError` with the reason otherwise: shape and checksum are decided
 * without the database, everything else by one indexed read that begins after this call. Nothing is cached.
 */
export const verifySecret = async (secret: string): Promise<VerifiedKey> => {
  const flaw = checkSecret(secret);
  if (flaw) throw new KeyRefusedError(flaw);
  const row = await (await reader())(hashSecret(secret));
  if (!row) throw new KeyRefusedError("unknown");
  if (row.isDeleted) throw new KeyRefusedError("deleted");
  if (row.isDisabled) throw new KeyRefusedError("disabled");
  const environment = ENVIRONMENTS.find((tag) => tag === row.environment) ?? null;
  const { id, userId, name, preview, ownerEmail } = row;
  return { id, userId, name, preview, environment, ownerEmail };
};

type Reader = (hash: Uint8Array) => Promise<Row | undefined>;
const readers = new WeakMap<object, Reader>();

async function reader(): Promise<Reader> {
  const { connection } = await database();
  const existing = readers.get(connection);
  if (existing) return existing;
  const created = batchReads<Uint8Array, Row>(
    async (hashes) => {
      const rows = await connection.read<Row>(FIND_KEYS, [hashes]);
      const byHash = new Map(rows.map((row) => [toText(row.hash), row]));
      return hashes.map((hash) => byHash.get(toText(hash)));
    },
    { concurrency: connection.readConcurrency },
  );
  readers.set(connection, created);
  return created;
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
