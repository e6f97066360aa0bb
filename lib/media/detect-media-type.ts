/** How many of a file's first bytes tell what it is. */
export const TELLING_BYTES = 64;

const MP4_BRANDS = ["avc1", "dash", "iso2", "iso3", "iso4", "iso5", "iso6", "isom", "M4V ", "mp41", "mp42", "MSNV"];
const WEBM_DOCTYPE = Buffer.from("\x42\x82\x84webm", "latin1");

/** The kinds of media that are accepted. */
export type MediaType =
  | "image/jpeg"
  | "image/png"
  | "image/gif"
  | "image/webp"
  | "video/mp4"
  | "video/quicktime"
  | "video/webm";

/**
 * What a file is by its first bytes, whatever its name and its sender say; undefined for everything that is not
 * accepted, such as SVG and HTML.
 */
export const detectMediaType = (firstBytes: Uint8Array): MediaType | undefined => {
  const bytes = Buffer.from(firstBytes.subarray(0, TELLING_BYTES));
  const text = bytes.toString("latin1");
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (/^GIF8[79]a/.test(text)) return "image/gif";
  if (/^RIFF[\s\S]{4}WEBPVP8[ LX]/.test(text)) return "image/webp";
  if (text.startsWith("\x1aE\xdf\xa3")) return bytes.includes(WEBM_DOCTYPE) ? "video/webm" : undefined;
  return text.slice(4, 8) === "ftyp" ? fromBrand(text.slice(8, 12)) : undefined;
};

function fromBrand(brand: string): MediaType | undefined {
  if (brand === "qt  ") return "video/quicktime";
  return MP4_BRANDS.includes(brand) ? "video/mp4" : undefined;
}
