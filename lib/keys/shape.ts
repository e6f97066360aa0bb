/** Base62 digits in the order of their values. The generator and the checksum share them. */
export const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export const SECRET_LENGTH = 43;
export const CHECKSUM_LENGTH = 6;

/** What a secret looks like apart from its length and its checksum. */
export const SECRET_SHAPE = /^boring_(?:(?:dev|staging|prod)_)?[0-9A-Za-z]+$/;

/** Everything in a text that may be a secret, so that it can be taken out. */
export const SECRETS_IN_TEXT = /boring_[0-9A-Za-z_]{36}/g;

/** What a key can be allowed to do. */
export const SCOPES = ["posts:read", "posts:write", "accounts:read"] as const;
export type Scope = (typeof SCOPES)[number];

/** The scopes that only read. */
export const READING_SCOPES: readonly Scope[] = SCOPES.filter((scope) => scope.endsWith(":read"));

/** How long before its end a key's owner is warned, in milliseconds. */
export const WARNING_MILLISECONDS = 7 * 86_400_000;
