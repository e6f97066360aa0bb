import { expect, test } from "vitest";
import { describeForeignType, detectMediaType, TELLING_BYTES } from "#lib/media/detect-media-type";

const bytes = (text: string) => Buffer.from(text, "latin1");
const ftyp = (major: string, ...compatible: string[]) => {
  const box = bytes(`\0\0\0\0ftyp${major}\0\0\0\0${compatible.join("")}`);
  box.writeUInt32BE(box.length);
  return box;
};
const webm = (documentType: string, emptyBytes = 0) => {
  const empty = Buffer.concat([bytes("\xec\x40\0"), Buffer.alloc(emptyBytes)]);
  empty.writeUInt16BE(0x4000 + emptyBytes, 1);
  const elements = Buffer.concat([
    bytes("B\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08"),
    empty,
    bytes(`B\x82\x84${documentType}B\x87\x81\x04`),
  ]);
  const header = bytes("\x1aE\xdf\xa3\x40\0");
  header.writeUInt16BE(0x4000 + elements.length, 4);
  return Buffer.concat([header, elements]);
};

test.each([
  ["image/jpeg", bytes("\xff\xd8\xff\xe0\0\x10JFIF\0")],
  ["image/jpeg", bytes("\xff\xd8\xff\xe1\0\x10Exif\0")],
  ["image/png", bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
  ["image/gif", bytes("GIF89a\x01\0\x01\0")],
  ["image/gif", bytes("GIF87a\x01\0\x01\0")],
  ["image/webp", bytes("RIFF\x24\n\0\0WEBPVP8 ")],
  ["image/webp", bytes("RIFF\x24\0\0\0WEBPVP8L")],
  ["image/webp", bytes("RIFF\x24\0\0\0WEBPVP8X")],
  ["video/mp4", bytes("\0\0\0\x18ftypmp42\0\0\0\0")],
  ["video/mp4", bytes("\0\0\0\x20ftypisom\0\0\x02\0")],
  ["video/mp4", bytes("\0\0\0\x1cftypM4V \0\0\0\0")],
  ["video/quicktime", bytes("\0\0\0\x14ftypqt  \0\0\0\0")],
  ["video/mp4", ftyp("XAVC", "XAVC", "mp42", "iso2")],
  ["video/mp4", ftyp("3gp4", "isom", "3gp4")],
  ["video/mp4", ftyp("3gp5")],
  ["video/mp4", ftyp("NDSC", "mp42")],
  ["video/quicktime", ftyp("niko", "qt  ")],
  ["video/quicktime", bytes("\0\0\0\x08wide\0\0\x10\0mdat")],
  ["video/quicktime", bytes("\0\0\x10\0moov\0\0\0\x6cmvhd")],
  ["video/webm", webm("webm")],
  ["video/webm", webm("webm", 1000)],
  [
    "video/webm",
    bytes(
      "\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webmB\x87\x81\x02",
    ),
  ],
])("%s is told by its first bytes", (type, file) => {
  expect(detectMediaType(file)).toBe(type);
  expect(detectMediaType(Buffer.concat([file, Buffer.alloc(1000)]))).toBe(type);
});

test.each([
  ["nothing", bytes("")],
  ["text", bytes("hello")],
  ["SVG", bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ["XML", bytes('<?xml version="1.0"?><svg/>')],
  ["SVG behind a byte order mark", bytes("\xef\xbb\xbf<svg/>")],
  ["HTML", bytes("<!doctype html><script>alert(1)</script>")],
  ["text that begins like an old film", bytes("The free beer")],
  ["PDF", bytes("%PDF-1.7")],
  ["ZIP", bytes("PK\x03\x04")],
  ["a JPEG behind something else", bytes("<html>\xff\xd8\xff")],
  ["half a PNG", bytes("\x89PNG")],
  ["WAV", bytes("RIFF\x24\0\0\0WAVEfmt ")],
  ["AVIF", ftyp("avif", "mif1", "miaf")],
  ["a moving AVIF", ftyp("avis", "msf1", "iso8")],
  ["HEIC", ftyp("heic", "mif1", "isom")],
  ["a camera's raw picture", ftyp("crx ", "crx ", "isom")],
  ["sound in MP4", ftyp("M4A ", "mp42", "isom")],
  ["a brand that nobody knows", ftyp("zzzz", "yyyy")],
  ["Matroska", webm("mkvo")],
  ["Matroska that speaks of webm too late", Buffer.concat([webm("mkvo"), Buffer.alloc(TELLING_BYTES), webm("webm")])],
])("%s is not accepted", (_name, file) => {
  expect(detectMediaType(file)).toBeUndefined();
});

test.each([
  ["HEIC", ftyp("heic", "mif1"), /HEIC/],
  ["AVIF", ftyp("mif1", "avif"), /AVIF/],
  ["Matroska", webm("mkvo"), /Matroska/],
  ["SVG", bytes('<?xml version="1.0"?>\n<!-- drawn --><svg xmlns="http://www.w3.org/2000/svg"/>'), /SVG/],
])("%s is called by its name", (_name, file, expected) => {
  expect(describeForeignType(file)).toMatch(expected);
});
