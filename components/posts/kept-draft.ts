import { createMedium, createPart, type Draft, isWritten } from "#components/posts/draft";
import { SECRETS_IN_TEXT } from "#lib/keys/shape";

/** Whose draft it is: a user as a member of one organization, whose accounts a draft names. */
export const toDraftOwner = (userId: string, organizationId: string): string => `${userId}.${organizationId}`;

/** A request that was sent and may have arrived. A retry with the same key leads to the same post. */
export type Attempt = { body: string; idempotencyKey: string };

/** The owner's draft in this browser that was neither sent nor discarded. */
export const findKeptDraft = (owner: string): Draft | undefined => {
  const kept = read(toName(owner)) ?? read(toName(toUser(owner)));
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

/** Saves an owner's draft beyond the life of the page. An empty draft is removed instead. */
export const keepDraft = (owner: string, draft: Draft): void => {
  if (isWritten(draft)) write(toName(owner), draft);
  else forgetDraft(owner);
};

/** Removes the draft after it was sent or discarded. */
export const forgetDraft = (owner: string): void => {
  try {
    for (const name of [owner, toUser(owner)]) {
      localStorage.removeItem(toName(name));
      localStorage.removeItem(toAttemptName(name));
    }
  } catch {
    // Without storage there is nothing to remove.
  }
};

/** The request last sent for the saved draft. */
export const findAttempt = (owner: string): Attempt => {
  const kept = read(toAttemptName(owner)) ?? read(toAttemptName(toUser(owner)));
  return { body: toText(member(kept, "body")), idempotencyKey: toText(member(kept, "idempotencyKey")) };
};

/** Saves the idempotency key with which a draft was sent. */
export const keepAttempt = (owner: string, attempt: Attempt): void => write(toAttemptName(owner), attempt);

// What browsers kept before there were organizations bears only the user's id.
function toUser(owner: string): string {
  return owner.split(".")[0] ?? owner;
}

function toName(owner: string): string {
  return `draft.${owner}`;
}

function toAttemptName(owner: string): string {
  return `draft-sent.${owner}`;
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
      // Our API keys are never written to storage, even when the user types one into a post.
      JSON.stringify(value).replace(SECRETS_IN_TEXT, (key) => `${key.slice(0, 10)}...`),
    );
  } catch {
    // Storage may be full or unavailable. The page still holds the draft, and leaving the page asks.
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
