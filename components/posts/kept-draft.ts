import { createMedium, createPart, type Draft, isWritten } from "#components/posts/draft";

/** A request that was sent and may have arrived: sent again under the same key, it is the same post. */
export type Attempt = { body: string; idempotencyKey: string };

// A key of ours is kept in no storage, also one that somebody writes into a post.
const SECRET = /boring_[0-9A-Za-z_]{36}/g;

/** What this person wrote in this browser and neither sent nor discarded. */
export const findKeptDraft = (userId: string): Draft | undefined => {
  const kept = read(toName(userId));
  const draft: Draft = {
    accountId: toText(member(kept, "accountId")),
    parts: toList(member(kept, "parts")).map((part) => ({
      ...createPart(),
      text: toText(member(part, "text")),
      media: toList(member(part, "media")).map((medium) => ({
        ...createMedium(),
        url: toText(member(medium, "url")),
        alt: toText(member(medium, "alt")),
      })),
    })),
    isLater: member(kept, "isLater") === true,
    at: toText(member(kept, "at")),
    isSecond: member(kept, "isSecond") === true,
  };
  return isWritten(draft) ? draft : undefined;
};

/** Keeps a draft for this person, whatever becomes of the page; one in which nothing is written is none. */
export const keepDraft = (userId: string, draft: Draft): void => {
  if (isWritten(draft)) write(toName(userId), draft);
  else forgetDraft(userId);
};

/** Forgets the draft: it was sent or discarded. */
export const forgetDraft = (userId: string): void => {
  try {
    localStorage.removeItem(toName(userId));
    localStorage.removeItem(toAttemptName(userId));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
};

/** The request for the kept draft that was sent last. */
export const findAttempt = (userId: string): Attempt => {
  const kept = read(toAttemptName(userId));
  return { body: toText(member(kept, "body")), idempotencyKey: toText(member(kept, "idempotencyKey")) };
};

/** Remembers under which key a draft was sent. */
export const keepAttempt = (userId: string, attempt: Attempt): void => write(toAttemptName(userId), attempt);

function toName(userId: string): string {
  return `draft.${userId}`;
}

function toAttemptName(userId: string): string {
  return `draft-sent.${userId}`;
}

function read(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

function write(name: string, value: unknown): void {
  try {
    localStorage.setItem(
      name,
      JSON.stringify(value).replace(SECRET, (key) => `${key.slice(0, 10)}...`),
    );
  } catch {
    // Storage may be full or closed. The draft is still on the page, and leaving that asks.
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
