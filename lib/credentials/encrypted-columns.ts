/**
 * Every column that holds what `encryptCredential` made. `rowId` and `isRow` are SQL: what the value was encrypted for
 * (`Place`), and which row that is, given as `$2`.
 */
export const ENCRYPTED_COLUMNS = [
  { table: "social_accounts", column: "credential", field: "credential", rowId: "id::text", isRow: "id = $2::uuid" },
  {
    table: "pending_connections",
    column: "credential",
    field: "credential",
    rowId: "encode(state_hash, 'hex')",
    isRow: "state_hash = decode($2, 'hex')",
  },
  { table: "webhook_endpoints", column: "secret", field: "secret", rowId: "id::text", isRow: "id = $2::uuid" },
] as const;
export type EncryptedColumn = (typeof ENCRYPTED_COLUMNS)[number];
