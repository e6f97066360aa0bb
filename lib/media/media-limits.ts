/** What a network takes of media, as accounts say it; null where there is no limit. */
export type MediaLimits = {
  image_bytes: number | null;
  image_pixels: number | null;
  /** Types of pictures that move there as well. */
  moving_types: readonly string[];
};
