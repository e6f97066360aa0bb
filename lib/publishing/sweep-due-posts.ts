import { database } from "#lib/db/database";
import { publishNow } from "#lib/publishing/publish-now";

const AT_ONCE = 20;
// Until then its job or its worker may still be on the way.
const GRACE_SECONDS = 3;

/** Sees to posts that are due and that nobody has seen to: their job is gone, or their worker was killed. */
export const sweepDuePosts = async (): Promise<void> => {
  const { prisma } = await database();
  const due = await prisma.$queryRaw<{ id: string }[]>`
    SELECT id FROM posts WHERE wake_at < clock_timestamp() - make_interval(secs => ${GRACE_SECONDS})
    ORDER BY wake_at LIMIT ${AT_ONCE}`;
  await Promise.all(due.map(({ id }) => publishNow(id)));
};
