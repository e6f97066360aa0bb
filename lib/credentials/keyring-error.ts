/** The keys that were given are not those that stored credentials need. The message is written for the operator. */
export class KeyringError extends Error {
  override name = "KeyringError";
}
