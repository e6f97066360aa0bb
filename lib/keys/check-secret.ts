import { CHECKSUM_LENGTH, SECRET_LENGTH } from "#lib/keys/alphabet";
import { checksum } from "#lib/keys/checksum";

const SHAPE = /^boring_(?:(?:dev|staging|prod)_)?[0-9A-Za-z]+$/;

/** What is wrong with a presented secret as far as it tells itself, or undefined. Asks no database. */
export const checkSecret = (
  secret: string,
): "malformed_length" | "malformed_characters" | "bad_checksum" | undefined => {
  if (secret.length !== SECRET_LENGTH) return "malformed_length";
  if (!SHAPE.test(secret)) return "malformed_characters";
  const body = secret.slice(0, -CHECKSUM_LENGTH);
  return secret.endsWith(checksum(body)) ? undefined : "bad_checksum";
};

/** Whether a text is a key and nothing else, as far as it tells itself. */
export const isWholeSecret = (text: string): boolean => checkSecret(text) === undefined;
