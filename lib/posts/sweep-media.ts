import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { log, toLogFields } from "#lib/log";
import { dropMedia, listKeptPosts } from "#lib/media/kept-files";

const SWEEP_SECONDS = 15;
// A post whose media are there and that is not may still be on its way into the database.
const GRACE_MILLISECONDS = 600_000;
const AT_ONCE = 500;
const UNSETTLED = ["scheduled", "queued", "publishing"];

/** Removes, now and again, what is kept for posts that have been settled. */
export const sweepMediaRegularly = (): void => {
  void sweepInPeace();
  setInterval(() => void sweepInPeace(), SWEEP_SECONDS * 1000).unref();
};

/** Removes what is kept for posts that have been settled, and what belongs to no post. */
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
    log("warn", "Media of settled posts could not be removed; it will be tried again", toLogFields(error));
  }
}
