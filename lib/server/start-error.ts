/** The server cannot start. The message is one sentence for the operator that says what to do. */
export class StartError extends Error {
  override name = "StartError";
}

// By name, because these classes belong to modules that are loaded only after the cheap checks have passed.
const WRITTEN_FOR_OPERATORS = [
  "StartError",
  "SettingsError",
  "SecretFileError",
  "KeyringError",
  "CredentialError",
  "DataDirError",
  "DatabaseUnreachableError",
  "MigrationError",
  "InstantsError",
];

/** What an operator is told about a failed start: the sentence written for them, or the error's own message. */
export const toStartSentence = (error: unknown): string => {
  if (!(error instanceof Error)) return `The server could not start: ${String(error)}`;
  if (WRITTEN_FOR_OPERATORS.includes(error.name)) return error.message;
  return `The server could not start: ${error.message}`;
};
