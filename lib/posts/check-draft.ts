import { toCapabilities } from "#lib/accounts/to-account";
import type { SocialAccount } from "#lib/db/generated/client";
import { ApiError, type ErrorName } from "#lib/errors";
import { countCharacters, countText, toTextLimit } from "#lib/networks/count-text";
import { getConnector, listConnectors } from "#lib/networks/registry";
import type { Capabilities } from "#lib/networks/schema";
import { askToRemove, findInvisible } from "#lib/pasted/schema";
import type { Part } from "#lib/posts/schema";
import { type Draft, toOptions } from "#lib/posts/to-draft";
import { type Problem, say } from "#lib/problems/problem";

// A long link may count as short, and one character may carry many combining marks. A longer text is refused uncounted.
const MAX_UNITS_PER_CHARACTER = 100;

/** Throws a 400 for every fault that can be found without a network call: network, account, limits and addresses. */
export const checkDraft = (draft: Draft, account: SocialAccount): void => {
  checkNetwork(draft.network, account.network);
  if (account.revokedAt) {
    const problem = say("account_revoked");
    throw fault("AccountDisabled", "post.accountId", problem);
  }
  const capabilities = toCapabilities(account);
  const counted = getConnector(account.network).toCounted?.(toOptions(draft, account.network) ?? {}) ?? "";
  if (draft.parts.length > capabilities.thread_parts) {
    const problem =
      capabilities.thread_parts === 1
        ? say("thread_unknown", { network: account.network })
        : say("thread_long", { most: capabilities.thread_parts });
    throw fault("InvalidTextFormat", "post.content.text", problem);
  }
  for (const [index, part] of draft.parts.entries()) {
    const hasMedia = part.mediaUrls.length > 0;
    if (capabilities.media_required && !hasMedia) {
      throw fault("MediaRequired", "post.content.mediaUrls", say("media_required", { network: account.network }));
    }
    checkText(part.text, { part: index, network: account.network, hasMedia, counted }, capabilities);
    checkMedia(part, capabilities);
  }
};

/** Throws a 400 naming the options for a network that none of the accounts is on, because nobody would ever heed them. */
export const checkOptions = ({ options = {} }: Draft, accounts: SocialAccount[]): void => {
  const networks = [...new Set(accounts.map(({ network }) => network))];
  const stray = Object.entries(options).find(
    ([named, asked]) => Object.values(asked ?? {}).some((one) => one !== undefined) && !networks.includes(named),
  );
  if (!stray) return;
  const problem = say("options_other_network", { named: stray[0], networks: networks.join(", ") });
  throw fault("InvalidRequest", `post.options.${stray[0]}`, problem);
};

function checkNetwork(named: string | undefined, network: string): void {
  if (named === undefined || named === network) return;
  const available = listConnectors().map((connector) => connector.network);
  const problem = available.includes(named)
    ? say("network_other", { network, named })
    : say("network_unavailable", { named, available: available.join(", ") });
  throw fault("InvalidPlatform", "post.content.platform", problem);
}

type Place = { part: number; network: string; hasMedia: boolean; counted: string };

function checkText(own: string, { part, network, hasMedia, counted }: Place, capabilities: Capabilities): void {
  const text = own + counted;
  // PostgreSQL can store neither, and no network could show them.
  if (text.includes("\0") || !text.isWellFormed()) {
    throw fault("InvalidTextFormat", "post.content.text", say("text_broken"));
  }
  const { text_unit, text_bytes } = capabilities;
  const text_limit = toTextLimit(capabilities, hasMedia);
  const tooLong = (length: number, limit: number, unit: string, isAll = true) => {
    const problem = say(isAll ? "text_long" : "text_much_longer", { length, unit, network, limit });
    return fault("TextTooLong", "post.content.text", problem, { limit, length, part });
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
    throw fault("InvalidCarouselSize", "post.content.mediaUrls", say("media_many", { most: images }));
  }
  const faulty = mediaUrls.find((text) => !isMediaUrl(text) || findInvisible(text) !== undefined);
  if (faulty !== undefined) {
    const problem = isMediaUrl(faulty) ? askToRemove(faulty) : say("media_address_form");
    throw fault("InvalidMediaUrl", "post.content.mediaUrls", problem);
  }
  const isBroken = altTexts.some((text) => text.includes("\0") || !text.isWellFormed());
  if (!isBroken && altTexts.every((text) => countCharacters(text, alt_text_limit + 1) <= alt_text_limit)) return;
  const problem = say("alt_text_form", { most: alt_text_limit });
  throw fault("InvalidTextFormat", "post.content.altTexts", problem);
}

function isMediaUrl(text: string): boolean {
  if (text.length > 2048 || !text.isWellFormed() || !URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password && !text.includes("\0");
}

function fault(code: ErrorName, field: string, problem: Problem, members = {}): ApiError {
  return new ApiError(code, problem, { fields: { [field]: [problem] }, members });
}
