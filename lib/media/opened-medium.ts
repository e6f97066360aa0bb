import type { MediaType } from "#lib/media/detect-media-type";

/** A medium whose bytes are on the way. */
export type OpenedMedium = {
  type: MediaType;
  /** How many there will be, when its server says. */
  bytes: number | undefined;
  body: AsyncIterable<Uint8Array>;
};
