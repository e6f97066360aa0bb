/** A unique id. Browsers do not offer crypto.randomUUID to pages on plain http:// addresses. */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
