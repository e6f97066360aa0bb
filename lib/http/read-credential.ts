import type { AuthErrorReason } from "#lib/keys/key-refused-error";

/** What the headers present: one secret that still has to be checked, or the reason why there is none. */
export type Credential = { secret: string } | { refused: AuthErrorReason };

/**
 * Reads the credential from `boring-api-key` or `Authorization: Api-Key …`, and from nowhere else.
 * Both are fine when they agree; anything else than exactly one secret is refused.
 */
export const readCredential = (headers: Headers): Credential => {
  const own = headers.get("boring-api-key");
  const authorization = headers.get("authorization");
  if (own === null && authorization === null) return { refused: "missing" };
  if (authorization === null) return readOwnHeader(own ?? "");
  if (own === null) return readAuthorization(authorization);
  const first = readOwnHeader(own);
  const second = readAuthorization(authorization);
  if ("refused" in first && first.refused === "conflicting_credentials") return first;
  const agree = "secret" in first && "secret" in second && first.secret === second.secret;
  return agree ? first : { refused: "conflicting_credentials" };
};

function readOwnHeader(value: string): Credential {
  if (value === "") return { refused: "missing" };
  return isGivenTwice(value) ? { refused: "conflicting_credentials" } : { secret: value };
}

function readAuthorization(value: string): Credential {
  if (value === "") return { refused: "missing" };
  const [, scheme = value, secret = ""] = /^([^ ]*) (.*)$/s.exec(value) ?? [];
  if (scheme.toLowerCase() !== "api-key") return { refused: "wrong_scheme" };
  if (secret === "") return { refused: "missing" };
  return isGivenTwice(secret) ? { refused: "conflicting_credentials" } : { secret };
}

// HTTP joins a repeated field with a comma (RFC 9110 §5.3), so a list is the same field given twice.
function isGivenTwice(value: string): boolean {
  return value.includes(",");
}
