/** How many of a file's first bytes are needed to detect its type. */
export const TELLING_BYTES = 4096;

// MP4 brands of videos from cameras, phones and browsers, as the major brand or a compatible one.
const MP4_BRANDS = /^(avc1|dash|iso\w|isom|M4V[ HP]|MSNV|mp4[12]|XAVC|3g[pr2]\w|cmf\w|hvc1|msdh|f4v )$/;
// Brands of the same file family that are not videos, whatever other brands they are compatible with.
const OTHER_BRANDS = /^(hei[cxms]|hev[cxms]|mif[12]|msf1|avi[fsoc]|crx |M4[ABP] |F4[ABP] |jp[2mx] |mjp2|jxl )$/;
// Older QuickTime files have no `ftyp` box and begin with one of these.
const QUICKTIME_BEGINNINGS = ["wide", "moov", "mdat", "skip", "free", "pnot"];

/** The media types that are accepted. */
export type MediaType =
  | "image/jpeg"
  | "image/png"
  | "image/gif"
  | "image/webp"
  | "video/mp4"
  | "video/quicktime"
  | "video/webm";

/**
 * Detects a file's type from its first bytes only; name and declared type do not count. Returns undefined for types that
 * are not accepted, such as SVG and HTML.
 */
export const detectMediaType = (firstBytes: Uint8Array): MediaType | undefined => {
  const bytes = Buffer.from(firstBytes.subarray(0, TELLING_BYTES));
  const text = bytes.toString("latin1");
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (/^GIF8[79]a/.test(text)) return "image/gif";
  if (/^RIFF[\s\S]{4}WEBPVP8[ LX]/.test(text)) return "image/webp";
  if (text.startsWith("\x1aE\xdf\xa3")) return hasWebmHeader(bytes) ? "video/webm" : undefined;
  const brands = listBrands(text);
  if (brands.length > 0) return fromBrands(brands);
  return QUICKTIME_BEGINNINGS.includes(text.slice(4, 8)) && isBoxLength(bytes) ? "video/quicktime" : undefined;
};

/** Describes a type that is not accepted, if its author should be told what to do. Otherwise returns undefined. */
export const describeForeignType = (firstBytes: Uint8Array): string | undefined => {
  const text = Buffer.from(firstBytes.subarray(0, TELLING_BYTES)).toString("latin1");
  const brands = listBrands(text);
  if (brands.some((brand) => /^avi[fsoc]$/.test(brand))) return "an AVIF picture; save it as JPEG, PNG or WebP";
  if (/^(hei[cxms]|hev[cxms]|mif[12]|msf1)$/.test(brands[0] ?? "")) return "a HEIC picture; save it as JPEG";
  if (text.startsWith("\x1aE\xdf\xa3")) return "a Matroska video; save it as MP4 or WebM";
  if (/^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--[^>]*>\s*)*<svg[\s>]/i.test(text))
    return "an SVG drawing; save it as PNG";
  return undefined;
};

// The first box lists the file's major brand and its compatible brands.
function listBrands(text: string): string[] {
  if (text.slice(4, 8) !== "ftyp") return [];
  const length = Buffer.from(text.slice(0, 4), "latin1").readUInt32BE();
  const names = `${text.slice(8, 12)}${text.slice(16, Math.max(16, length))}`;
  return names.match(/[\s\S]{4}/g) ?? [];
}

function fromBrands([major = "", ...compatible]: string[]): MediaType | undefined {
  if (OTHER_BRANDS.test(major)) return undefined;
  if (major === "qt  ") return "video/quicktime";
  if ([major, ...compatible].some((brand) => MP4_BRANDS.test(brand))) return "video/mp4";
  return compatible.includes("qt  ") ? "video/quicktime" : undefined;
}

// Only an `mdat` box is ever so long that its length looks like text.
function isBoxLength(bytes: Buffer): boolean {
  return bytes[0] === 0 || bytes.toString("latin1", 4, 8) === "mdat";
}

// EBML: the header holds elements with a name, a length and a value. One of them is the document type.
function hasWebmHeader(bytes: Buffer): boolean {
  const header = readLength(bytes, 4);
  if (!header) return false;
  const end = Math.min(bytes.length, header.next + header.value);
  for (let at = header.next; at + 2 < end; ) {
    const nameBytes = Math.clz32(bytes[at] ?? 0) - 23;
    const name = bytes.toString("hex", at, at + nameBytes);
    const length = readLength(bytes, at + nameBytes);
    if (!length) return false;
    const next = length.next + length.value;
    if (name === "4282") return /^webm\0*$/.test(bytes.toString("latin1", length.next, next));
    at = next;
  }
  return false;
}

function readLength(bytes: Buffer, at: number): { value: number; next: number } | undefined {
  const width = Math.clz32(bytes[at] ?? 0) - 23;
  if (width < 1 || width > 8 || at + width > bytes.length) return undefined;
  const [first = 0, ...rest] = bytes.subarray(at, at + width);
  const value = rest.reduce((sum, byte) => sum * 256 + byte, first - 2 ** (8 - width));
  return { value, next: at + width };
}
