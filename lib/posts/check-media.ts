import { toCapabilities } from "#lib/accounts/to-account";
import { database } from "#lib/db/database";
import type { SocialAccount } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import { log, toLogFields } from "#lib/log";
import { type CheckedMedium, checkMedium, type Look } from "#lib/media/check-medium";
import { dropMedia, listKeptPosts } from "#lib/media/kept-files";
import { MediaError } from "#lib/media/media-error";
import { getConnector } from "#lib/networks/registry";
import type { Part } from "#lib/posts/schema";
import type { Draft } from "#lib/posts/to-draft";
import { type Problem, say } from "#lib/problems/problem";

// A caller that does not wait for the network still waits long enough for its images to be checked.
const [LEAST_SECONDS, MOST_SECONDS] = [2, 10];
const KEPT_BYTES_A_POST = 512 * 1_048_576;

/**
 * Fetches a draft's media, keeps them for its post, and throws a 400 for media that the network would not accept. Takes no
 * longer than the caller waits. Does nothing for networks that accept media as addresses. Returns warnings: media that will
 * be published in another form, and media that must be at their addresses again later.
 */
export const checkMedia = async (
  { parts }: Draft,
  account: SocialAccount,
  { postId, waitSeconds }: { postId: string; waitSeconds: number },
): Promise<Problem[]> => {
  const taken = toCapabilities(account);
  const urls = [...new Set(parts.flatMap(({ mediaUrls }) => mediaUrls))];
  if (taken.media_types.length === 0 || urls.length === 0) return [];
  const seconds = Math.min(Math.max(waitSeconds, LEAST_SECONDS), MOST_SECONDS);
  const { promise: late, resolve } = Promise.withResolvers<"late">();
  const timer = setTimeout(() => resolve("late"), seconds * 1000);
  const look: Look = {
    taken,
    label: getConnector(account.network).label,
    late,
    seconds,
    mayKeep: spend(KEPT_BYTES_A_POST),
  };
  try {
    const checked = await Promise.all(urls.map((url) => checkMedium({ postId, url }, look)));
    if (!taken.mixed_media) for (const part of parts) requireVideoAlone(part, checked);
    return checked.flatMap(({ warnings }) => warnings);
  } catch (error) {
    // Other downloads for this post may still be running. The sweep removes what they leave behind.
    await dropMedia(postId).catch(() => {});
    if (!(error instanceof MediaError)) throw error;
    const { code, problem } = error;
    throw new ApiError(code, problem, { fields: { "post.content.mediaUrls": [problem] }, cause: error });
  } finally {
    clearTimeout(timer);
  }
};

function requireVideoAlone({ mediaUrls }: Part, checked: CheckedMedium[]): void {
  const video = mediaUrls.find((url) => checked.find((one) => one.url === url)?.type?.startsWith("video/"));
  if (video === undefined || mediaUrls.length === 1) return;
  throw new MediaError("InvalidMediaType", video, say("medium_video_alone", { url: video }));
}

function spend(bytes: number): (wanted: number) => boolean {
  let left = bytes;
  return (wanted) => {
    left -= wanted;
    return left >= 0;
  };
}

const SWEEP_SECONDS = 15;
// A post that has media but no row yet may still be about to be committed.
const GRACE_MILLISECONDS = 600_000;
const AT_ONCE = 500;
const UNSETTLED = ["scheduled", "queued", "publishing"];

/** Regularly removes the media of settled posts. */
export const sweepMediaRegularly = (): void => {
  void sweepInPeace();
  setInterval(() => void sweepInPeace(), SWEEP_SECONDS * 1000).unref();
};

/** Removes the media of settled posts and any media without a post. */
export const sweepMedia = async (now = new Date()): Promise<void> => {
  const kept = (await listKeptPosts()).slice(0, AT_ONCE);
  if (kept.length === 0) return;
  const { prisma } = await database();
  const ids = kept.map(({ postId }) => postId).filter(isUuid);
  const posts = await prisma.post.findMany({ where: { id: { in: ids } }, select: { id: true, status: true } });
  const statuses = new Map(posts.map(({ id, status }) => [id, status]));
  for (const { postId, changedAt } of kept) {
    const status = statuses.get(postId);
    const isOld = now.getTime() - changedAt.getTime() > GRACE_MILLISECONDS;
    if (status === undefined ? isOld : !UNSETTLED.includes(status)) await dropMedia(postId);
  }
};

async function sweepInPeace(): Promise<void> {
  try {
    await sweepMedia();
  } catch (error) {
    log("warn", "Media of finished posts could not be deleted; the server will try again", toLogFields(error));
  }
}
