/** A name that nobody else has. Browsers withhold crypto.randomUUID from pages on plain http:// addresses. */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
