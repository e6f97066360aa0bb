/** A part may have been published, and the network cannot be asked. */
export class OutcomeUnknownError extends Error {
  override name = "OutcomeUnknownError";

  constructor() {
    super("The network did not answer and cannot be asked whether it published this.");
  }
}
