import { toCapabilities } from "#lib/accounts/to-capabilities";
import type { SocialAccount } from "#lib/db/generated/client";
import { ApiError, type ErrorName } from "#lib/errors";
import { countText } from "#lib/networks/count-text";
import { listConnectors } from "#lib/networks/registry";
import type { Capabilities } from "#lib/networks/schema";
import type { Part } from "#lib/posts/schema";
import type { Draft } from "#lib/posts/to-draft";

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
  const measures: [length: number, limit: number | null, unit: string][] = [
    [countText(text, capabilities), text_limit, text_unit],
    [Buffer.byteLength(text), text_bytes, "bytes"],
  ];
  for (const [length, limit, unit] of measures) {
    if (limit === null || length <= limit) continue;
    const message = `The text has ${length} ${unit}; ${network} takes ${limit}.`;
    throw fault("TextTooLong", "post.content.text", message, { limit, length, part });
  }
}

function checkMedia({ mediaUrls, altTexts }: Part, { images, alt_text_limit }: Capabilities): void {
  if (mediaUrls.length > images) {
    throw fault("InvalidCarouselSize", "post.content.mediaUrls", `Use at most ${images} media in a post.`);
  }
  if (!mediaUrls.every(isMediaUrl)) {
    const message = "Use http or https addresses without a password.";
    throw fault("InvalidMediaUrl", "post.content.mediaUrls", message);
  }
  const isBroken = altTexts.some((text) => text.includes("\0") || !text.isWellFormed());
  if (!isBroken && altTexts.every((text) => [...text].length <= alt_text_limit)) return;
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
