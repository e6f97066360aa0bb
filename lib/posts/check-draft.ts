import { ApiError, type ErrorName } from "#lib/errors";
import { sandbox } from "#lib/networks/sandbox";
import type { Part } from "#lib/posts/schema";
import type { Draft } from "#lib/posts/to-draft";

/** Throws a 400 for everything about a draft that can be known before it is accepted: the network, its limits, addresses. */
export const checkDraft = (draft: Draft): void => {
  if (draft.network !== undefined && draft.network !== sandbox.network) {
    const message = `This installation cannot publish to ${draft.network}. Available: ${sandbox.network}.`;
    throw fault("InvalidPlatform", "post.content.platform", message);
  }
  if (draft.parts.length > sandbox.capabilities.thread_parts) {
    throw fault(
      "InvalidTextFormat",
      "post.content.text",
      `A thread has at most ${sandbox.capabilities.thread_parts} parts.`,
    );
  }
  for (const [index, part] of draft.parts.entries()) {
    checkText(part.text, index);
    checkMediaUrls(part);
  }
};

function checkText(text: string, part: number): void {
  // PostgreSQL stores neither, and no network could show them.
  if (text.includes("\0") || !text.isWellFormed()) {
    throw fault("InvalidTextFormat", "post.content.text", "The text holds a NUL character or half a character.");
  }
  const length = [...text].length;
  const limit = sandbox.capabilities.text_limit;
  if (length <= limit) return;
  const message = `The text has ${length} characters; ${sandbox.network} takes ${limit}.`;
  throw fault("TextTooLong", "post.content.text", message, { limit, length, part });
}

function checkMediaUrls({ mediaUrls }: Part): void {
  if (mediaUrls.length > sandbox.capabilities.images) {
    throw fault("InvalidMediaUrl", "post.content.mediaUrls", `Use at most ${sandbox.capabilities.images} addresses.`);
  }
  if (mediaUrls.every(isMediaUrl)) return;
  throw fault("InvalidMediaUrl", "post.content.mediaUrls", "Use http or https addresses without a password.");
}

function isMediaUrl(text: string): boolean {
  if (text.length > 2048 || !text.isWellFormed() || !URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password && !text.includes("\0");
}

function fault(code: ErrorName, field: string, message: string, members = {}): ApiError {
  return new ApiError(code, message, { fields: { [field]: [message] }, members });
}
