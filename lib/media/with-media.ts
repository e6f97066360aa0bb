import type { MediaLimits } from "#lib/media/media-limits";
import { openMedium } from "#lib/media/open-medium";
import type { OpenedMedium } from "#lib/media/opened-medium";

/** Lets `use` open media of a post within a network's limits, and closes what it opened, read or not, when it is done. */
export const withMedia = async <Result>(
  { postId, limits }: { postId: string; limits: MediaLimits },
  use: (open: (medium: { url: string }) => Promise<OpenedMedium>) => Promise<Result>,
): Promise<Result> => {
  const opened: { close(): Promise<void> }[] = [];
  try {
    return await use(async ({ url }) => {
      const one = await openMedium({ postId, url }, limits);
      opened.push(one);
      return one;
    });
  } finally {
    for (const { close } of opened) await close();
  }
};
