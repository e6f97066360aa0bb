export type MediaErrorCode = "InvalidMediaUrl" | "InvalidMediaType" | "MediaTooLarge" | "MediaDownloadFailed";

type Details = { mayCome?: boolean; cause?: unknown };

/** A medium that cannot be published. The message is for whoever named its address. */
export class MediaError extends Error {
  readonly code: MediaErrorCode;
  readonly url: string;
  /** Whether it may be there when it is fetched again. */
  readonly mayCome: boolean;

  /** `problem` goes on a sentence that begins with the address: `is larger than 5 MB`. */
  constructor(code: MediaErrorCode, url: string, problem: string, { mayCome = false, cause }: Details = {}) {
    super(`${url} ${problem}.`, { cause });
    this.name = "MediaError";
    this.code = code;
    this.url = url;
    this.mayCome = mayCome;
  }
}
