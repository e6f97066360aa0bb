import type { Problem } from "#lib/problems/problem";
import { toEnglish } from "#lib/problems/tell-problem";

export type MediaErrorCode = "InvalidMediaUrl" | "InvalidMediaType" | "MediaTooLarge" | "MediaDownloadFailed";

type Details = { mayCome?: boolean; cause?: unknown };

/** A medium that cannot be published. The message is for the author of the post. */
export class MediaError extends Error {
  readonly problem: Problem;
  readonly code: MediaErrorCode;
  readonly url: string;
  /** Whether fetching it again later may succeed. */
  readonly mayCome: boolean;

  constructor(code: MediaErrorCode, url: string, problem: Problem, { mayCome = false, cause }: Details = {}) {
    super(toEnglish(problem), { cause });
    this.name = "MediaError";
    this.problem = problem;
    this.code = code;
    this.url = url;
    this.mayCome = mayCome;
  }
}

/** A network's limits for media, as on its accounts. Null means no limit. */
export type MediaLimits = {
  image_bytes: number | null;
  image_pixels: number | null;
  /** Image types that the network shows animated. */
  moving_types: readonly string[];
};
