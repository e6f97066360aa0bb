import { expect, test } from "vitest";
import { detectMediaType, TELLING_BYTES } from "#lib/media/detect-media-type";

const bytes = (text: string) => Buffer.from(text, "latin1");
const webm = (documentType: string) =>
  bytes(`\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84${documentType}B\x87\x81\x04`);

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
  ["video/webm", webm("webm")],
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
  ["PDF", bytes("%PDF-1.7")],
  ["ZIP", bytes("PK\x03\x04")],
  ["a JPEG behind something else", bytes("<html>\xff\xd8\xff")],
  ["half a PNG", bytes("\x89PNG")],
  ["WAV", bytes("RIFF\x24\0\0\0WAVEfmt ")],
  ["AVIF", bytes("\0\0\0\x20ftypavif\0\0\0\0")],
  ["HEIC", bytes("\0\0\0\x18ftypheic\0\0\0\0")],
  ["sound in MP4", bytes("\0\0\0\x20ftypM4A \0\0\0\0")],
  ["Matroska", webm("mkvo")],
  ["Matroska that speaks of webm too late", Buffer.concat([webm("mkvo"), Buffer.alloc(TELLING_BYTES), webm("webm")])],
])("%s is not accepted", (_name, file) => {
  expect(detectMediaType(file)).toBeUndefined();
});
