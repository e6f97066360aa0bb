import type { MediaType } from "#lib/media/detect-media-type";

/** A medium that may leave this installation. */
export type OpenedMedium = {
  type: MediaType;
  /** How many bytes there are, when that is known. */
  bytes: number | undefined;
  /** How wide and high it is as it is seen, when that is known. */
  size?: { width: number; height: number } | undefined;
  body: AsyncIterable<Uint8Array>;
};
