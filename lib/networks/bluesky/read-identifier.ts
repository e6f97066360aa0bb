import { withoutInvisible } from "#lib/pasted/schema";

/** Whom a user means: an account by its name anywhere, by its name at a server alone, or by its e-mail at a server. */
export type Identifier = { kind: "handle" | "did" | "short" | "email"; name: string };

const HANDLE = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const SHORT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DID = /^did:[a-z]+:[\w.:%-]{1,2000}$/;
const EMAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;
// The bridge between Bluesky and Mastodon has no mailboxes.
const BRIDGE = /@(?:[a-z0-9-]+\.)*brid\.gy$/i;
const LONGEST = 2048;

/**
 * Reads what people copy to name an account: `alice`, `@alice.test`, the address of a profile or a post in any client
 * (`…/profile/alice.test`), `at://alice.test`, a DID, an e-mail. Undefined when it names nobody.
 */
export const readIdentifier = (given: string): Identifier | undefined => {
  const text = withoutInvisible(given.slice(0, LONGEST)).replace(/^mailto:/i, "");
  const name = toName(text.replace(/^[@＠]/, "")).replace(/\.$/, "");
  const lower = name.toLowerCase();
  if (DID.test(name)) return { kind: "did", name };
  if (HANDLE.test(lower)) return { kind: "handle", name: lower };
  if (SHORT.test(lower)) return { kind: "short", name: lower };
  if (!EMAIL.test(name)) return undefined;
  return /^[@＠]/.test(text) || BRIDGE.test(name) ? readBridged(name.replace(/@.*$/, "")) : { kind: "email", name };
};

// As other networks write an account of this one, by its whole name. A short one there is no account of this network.
function readBridged(name: string): Identifier | undefined {
  const bridged = readIdentifier(name);
  return bridged?.kind === "short" ? undefined : bridged;
}

function toName(text: string): string {
  const [, authority] = /^at:\/\/([^/?#]+)/i.exec(text) ?? [];
  if (authority !== undefined) return decode(authority);
  const [, profile] = /^(?:https?:\/\/)?[^/?#\s]+\/profile\/([^/?#]+)/i.exec(text) ?? [];
  if (profile !== undefined) return decode(profile).replace(/^@/, "");
  // Whose handle is a domain of their own may give its address, and browsers end it with a slash.
  return text.replace(/^https?:\/\/(?=[^/?#@:]+\/?$)/i, "").replace(/\/$/, "");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
