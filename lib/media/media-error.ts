import type { Problem } from "#lib/problems/problem";
import { toEnglish } from "#lib/problems/tell-problem";

export type MediaErrorCode = "InvalidMediaUrl" | "InvalidMediaType" | "MediaTooLarge" | "MediaDownloadFailed";

type Details = { mayCome?: boolean; cause?: unknown };

/** A medium that cannot be published. The message is for whoever named its address. */
export class MediaError extends Error {
  readonly problem: Problem;
  readonly code: MediaErrorCode;
  readonly url: string;
  /** Whether it may be there when it is fetched again. */
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

/** What a network takes of media, as accounts say it; null where there is no limit. */
export type MediaLimits = {
  image_bytes: number | null;
  image_pixels: number | null;
  /** Types of pictures that move there as well. */
  moving_types: readonly string[];
};
