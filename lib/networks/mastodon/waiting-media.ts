import type { ConnectedAccount, PostPart } from "#lib/networks/connector";

const MAX_PARTS = 1000;

// Of one process, and lost with it: then a medium is uploaded once more, and nobody sees the first.
const waiting = new Map<string, string[]>();

/** Keeps the ids of media that were uploaded for a part which could not be published yet. */
export const keepMedia = (account: ConnectedAccount, part: PostPart, ids: string[]): void => {
  const [oldest] = waiting.keys();
  if (waiting.size >= MAX_PARTS && oldest !== undefined) waiting.delete(oldest);
  waiting.set(toName(account, part), ids);
};

/** The ids that were kept for such a part, for one to go on with: a server takes each medium for one status. */
export const takeMedia = (account: ConnectedAccount, part: PostPart): string[] => {
  const name = toName(account, part);
  const ids = waiting.get(name) ?? [];
  waiting.delete(name);
  return ids;
};

function toName({ accountId }: ConnectedAccount, { text, media }: PostPart): string {
  return JSON.stringify([accountId, text, media]);
}
