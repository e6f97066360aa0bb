import { openMedium } from "#lib/media/open-medium";
import type { OpenedMedium } from "#lib/media/opened-medium";

/** Lets `use` open media, and closes what it opened, read or not, when it is done. */
export const withMedia = async <Result>(
  use: (open: (medium: { url: string }) => Promise<OpenedMedium>) => Promise<Result>,
): Promise<Result> => {
  const opened: { close(): void }[] = [];
  try {
    return await use(async (medium) => {
      const one = await openMedium(medium);
      opened.push(one);
      return one;
    });
  } finally {
    for (const { close } of opened) close();
  }
};
