import { toCapabilities } from "#lib/accounts/to-capabilities";
import type { SocialAccount } from "#lib/db/generated/client";
import { ApiError, type ErrorName } from "#lib/errors";
import { countCharacters } from "#lib/networks/count-graphemes";
import { countText } from "#lib/networks/count-text";
import { listConnectors } from "#lib/networks/registry";
import type { Capabilities } from "#lib/networks/schema";
import { askToRemove, findInvisible } from "#lib/pasted/schema";
import type { Part } from "#lib/posts/schema";
import type { Draft } from "#lib/posts/to-draft";

// A link can be long and count as short, a character can carry many marks; of more than this, nobody can say that it fits.
const MAX_UNITS_PER_CHARACTER = 100;

/** Throws a 400 for everything about a draft that can be known without asking anybody: network, account, limits, addresses. */
export const checkDraft = (draft: Draft, account: SocialAccount): void => {
  checkNetwork(draft.network, account.network);
  if (account.revokedAt) {
    const message = "The network does not accept this account's credential any more. Connect the account again.";
    throw fault("AccountDisabled", "post.accountId", message);
  }
  const capabilities = toCapabilities(account);
  if (draft.parts.length > capabilities.thread_parts) {
    const message =
      capabilities.thread_parts === 1
        ? `${account.network} has no threads.`
        : `A thread has at most ${capabilities.thread_parts} parts.`;
    throw fault("InvalidTextFormat", "post.content.text", message);
  }
  for (const [index, part] of draft.parts.entries()) {
    checkText(part.text, index, account.network, capabilities);
    checkMedia(part, capabilities);
  }
};

function checkNetwork(named: string | undefined, network: string): void {
  if (named === undefined || named === network) return;
  const available = listConnectors().map((connector) => connector.network);
  const message = available.includes(named)
    ? `The account is one of ${network}, not of ${named}.`
    : `This installation cannot publish to ${named}. Available: ${available.join(", ")}.`;
  throw fault("InvalidPlatform", "post.content.platform", message);
}

function checkText(text: string, part: number, network: string, capabilities: Capabilities): void {
  // PostgreSQL stores neither, and no network could show them.
  if (text.includes("\0") || !text.isWellFormed()) {
    throw fault("InvalidTextFormat", "post.content.text", "The text holds a NUL character or half a character.");
  }
  const { text_limit, text_unit, text_bytes } = capabilities;
  const tooLong = (length: number, limit: number, unit: string, isAll = true) => {
    const message = `The text has ${isAll ? "" : "more than "}${length} ${unit}; ${network} takes ${limit}.`;
    return fault("TextTooLong", "post.content.text", message, { limit, length, part });
  };
  const mostCounted = 2 * text_limit;
  if (text.length > text_limit * MAX_UNITS_PER_CHARACTER) throw tooLong(mostCounted, text_limit, text_unit, false);
  const length = countText(text, capabilities, mostCounted + 1);
  if (length > text_limit) throw tooLong(Math.min(length, mostCounted), text_limit, text_unit, length <= mostCounted);
  const bytes = Buffer.byteLength(text);
  if (text_bytes !== null && bytes > text_bytes) throw tooLong(bytes, text_bytes, "bytes");
}

function checkMedia({ mediaUrls, altTexts }: Part, { images, alt_text_limit }: Capabilities): void {
  if (mediaUrls.length > images) {
    throw fault("InvalidCarouselSize", "post.content.mediaUrls", `Use at most ${images} media in a post.`);
  }
  const faulty = mediaUrls.find((text) => !isMediaUrl(text) || findInvisible(text) !== undefined);
  if (faulty !== undefined) {
    const message = isMediaUrl(faulty) ? askToRemove(faulty) : "Use http or https addresses without a password.";
    throw fault("InvalidMediaUrl", "post.content.mediaUrls", message);
  }
  const isBroken = altTexts.some((text) => text.includes("\0") || !text.isWellFormed());
  if (!isBroken && altTexts.every((text) => countCharacters(text, alt_text_limit + 1) <= alt_text_limit)) return;
  const message = `An alternative text has at most ${alt_text_limit} characters, none of them NUL or half a one.`;
  throw fault("InvalidTextFormat", "post.content.altTexts", message);
}

function isMediaUrl(text: string): boolean {
  if (text.length > 2048 || !text.isWellFormed() || !URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password && !text.includes("\0");
}

function fault(code: ErrorName, field: string, message: string, members = {}): ApiError {
  return new ApiError(code, message, { fields: { [field]: [message] }, members });
}
