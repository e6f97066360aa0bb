/** How long whoever asks the database waits for a connection that others have, when many come at once. */
export const PATIENCE_MILLISECONDS = 8000;
