/** The server cannot start. The message is one sentence for the operator that says what to do. */
export class StartError extends Error {
  override name = "StartError";
}

// By name, because the modules of these classes are loaded only after the cheap checks have passed.
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

/** The message about a failed start for the operator: the sentence written for them, or the error's own message. */
export const toStartSentence = (error: unknown): string => {
  if (!(error instanceof Error)) return `The server could not start: ${String(error)}`;
  if (WRITTEN_FOR_OPERATORS.includes(error.name)) return error.message;
  return `The server could not start: ${error.message}`;
};
