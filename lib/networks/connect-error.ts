/** What a user gave cannot be connected: which field, and what to do about it. */
export class ConnectError extends Error {
  readonly field: string;

  constructor(field: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ConnectError";
    this.field = field;
  }
}
