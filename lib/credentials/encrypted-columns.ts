/**
 * Every column that holds what `encryptCredential` made: how its rows are told apart in SQL, and what each value was
 * encrypted for (`Place`).
 */
export const ENCRYPTED_COLUMNS = [
  { table: "social_accounts", rowId: "id::text", column: "credential", field: "credential" },
  { table: "pending_connections", rowId: "encode(state_hash, 'hex')", column: "credential", field: "credential" },
  { table: "webhook_endpoints", rowId: "id::text", column: "secret", field: "secret" },
] as const;
export type EncryptedColumn = (typeof ENCRYPTED_COLUMNS)[number];
