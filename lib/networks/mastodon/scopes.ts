const MAX_SERVERS = 1000;

// All that publishing and looking after it needs, and what servers know that know nothing finer.
const SCOPES = ["read:accounts read:statuses write:statuses write:media", "read write", "write"];

// Of one process: elsewhere a person is told once more to try again.
const coarser = new Map<string, number>();

/** What may be asked of a server, the least first. */
export const listScopes = (serverUrl: string): readonly string[] => SCOPES.slice(coarser.get(serverUrl) ?? 0);

/** Keeps in mind that a server did not know the scopes that it was asked for. */
export const noteUnknownScopes = (serverUrl: string): void => {
  if (coarser.size >= MAX_SERVERS) coarser.clear();
  coarser.set(serverUrl, Math.min((coarser.get(serverUrl) ?? 0) + 1, SCOPES.length - 1));
};
