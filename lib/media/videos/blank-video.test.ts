import { copyFile, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { blankMp4 } from "#lib/media/videos/blank-mp4";
import { blankWebm } from "#lib/media/videos/blank-webm";
import { readVideoSize } from "#lib/media/videos/clear-video";

const folder = await mkdtemp(path.join(tmpdir(), "boring-videos-"));
const file = path.join(folder, "film");
afterAll(() => rm(folder, { recursive: true }));

const FILMS = import.meta.dirname;

function box(type: string, ...content: (Buffer | string)[]): Buffer {
  const inside = Buffer.concat(
    content.map((piece) => (typeof piece === "string" ? Buffer.from(piece, "latin1") : piece)),
  );
  const head = Buffer.from(`\0\0\0\0${type}`, "latin1");
  head.writeUInt32BE(8 + inside.length);
  return Buffer.concat([head, inside]);
}
const numbers = (...values: number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
};
const track = (kind: string, sizes: number[], starts: number[], ...more: Buffer[]) =>
  box(
    "trak",
    box("tkhd", Buffer.alloc(84)),
    box("tref", box("cdsc", numbers(1))),
    ...more,
    box(
      "mdia",
      box("mdhd", Buffer.alloc(24)),
      box("hdlr", numbers(0, 0), kind, numbers(0, 0, 0), "GoPro secret\0"),
      box(
        "minf",
        box("gmhd"),
        box(
          "stbl",
          box("stsd", numbers(0, 1), box("gpmd", numbers(0, 1))),
          box("stsz", numbers(0, 0, sizes.length, ...sizes)),
          box("stsc", numbers(0, 1, 1, 1, 1)),
          box("stco", numbers(0, starts.length, ...starts)),
        ),
      ),
    ),
  );

async function blank(bytes: Buffer, how = blankMp4): Promise<Buffer> {
  await writeFile(file, bytes);
  const handle = await open(file, "r+");
  try {
    await how(handle);
  } finally {
    await handle.close();
  }
  const blanked = await readFile(file);
  expect(blanked).toHaveLength(bytes.length);
  return blanked;
}

test("a film loses its position, its title and its device, and keeps its pictures where they were", async () => {
  const bytes = await readFile(path.join(FILMS, "test-film.mp4"));
  for (const secret of ["+25.0340", "GoPro", "secret"]) expect(bytes.includes(secret)).toBe(true);
  const blanked = await blank(bytes);
  for (const secret of ["+25.0340", "GoPro", "secret", "udta", "Lavf", "x264"])
    expect(blanked.includes(secret), secret).toBe(false);
  expect(await readVideoSize(file)).toEqual({ width: 64, height: 48 });
  const recording = bytes.indexOf("mdat");
  const length = bytes.readUInt32BE(recording - 4);
  expect(blanked.subarray(recording, recording - 4 + length)).toEqual(
    bytes.subarray(recording, recording - 4 + length),
  );
});

test("a film that is to be turned is as wide and high as it is seen", async () => {
  const bytes = await readFile(path.join(FILMS, "test-film.mp4"));
  const matrix = bytes.indexOf("tkhd") + 4 + 40;
  numbers(0, 0x10000, 0, 0xffff0000, 0, 0, 48 << 16, 0, 0x40000000).copy(bytes, matrix);
  await blank(bytes);
  expect(await readVideoSize(file)).toEqual({ width: 48, height: 64 });
});

test("what a camera records beside picture and sound is blanked wherever it lies", async () => {
  const samples = ["picture one", "GPS5 secret1", "picture two", "GPS5 secret2"];
  const start = 24 + 8;
  const starts = samples.map((_, index) => start + samples.slice(0, index).join("").length);
  const at = (...indexes: number[]) => indexes.map((index) => starts[index] ?? 0);
  const film = Buffer.concat([
    box("ftyp", "XAVC", numbers(0), "XAVCmp42"),
    box("mdat", ...samples),
    box(
      "moov",
      box("mvhd", Buffer.alloc(100)),
      track("vide", [11, 11], at(0, 2)),
      track("meta", [12, 12], at(1, 3), box("udta", box("\xa9xyz", "secret"))),
      box("meta", "secret com.apple.quicktime.location.ISO6709"),
      box("udta", box("GPMF", "secret"), box("loci", "secret")),
      box("uuid", "secret XMP"),
    ),
    box("uuid", "secret XMP"),
    box("free", "secret"),
    box("CAME", "secret serial number"),
  ]);
  const blanked = await blank(film);
  for (const secret of ["secret", "GPS5", "GoPro", "ISO6709", "tref"])
    expect(blanked.includes(secret), secret).toBe(false);
  for (const picture of ["picture one", "picture two"]) expect(blanked.includes(picture)).toBe(true);
  expect(blanked.toString("latin1").match(/trak/g)).toHaveLength(1);
});

test("a WebM file loses its tags and plays on", async () => {
  const bytes = await readFile(path.join(FILMS, "test-film.webm"));
  expect(bytes.includes("+25.0340")).toBe(true);
  expect((await blank(bytes, blankWebm)).includes("+25.0340")).toBe(false);
  expect(await readVideoSize(file)).toEqual({ width: 64, height: 48 });
});

const ftyp = box("ftyp", "isom", numbers(0));
test.each([
  ["is cut off", Buffer.concat([ftyp, box("mdat", "some").subarray(0, 10)])],
  ["has no index", Buffer.concat([ftyp, box("mdat", "some")])],
  ["has a compressed index", Buffer.concat([ftyp, box("moov", box("cmov", "some"))])],
  [
    "has a track that lies elsewhere",
    Buffer.concat([ftyp, box("moov", track("meta", [12], [8])), box("mdat", "some")]),
  ],
  [
    "has more samples than it has bytes",
    Buffer.concat([ftyp, box("mdat", "some"), box("moov", track("meta", Array(9).fill(4), Array(9).fill(24)))]),
  ],
  [
    "is in pieces beside which a position is recorded",
    Buffer.concat([ftyp, box("moov", track("meta", [], [])), box("moof", box("mfhd"))]),
  ],
])("a film that %s is refused, because nobody can say what it tells", async (_name, bytes) => {
  await expect(blank(bytes)).rejects.toThrow(/./);
});

test("a film that is opened again is left as it is", async () => {
  await copyFile(path.join(FILMS, "test-film.mp4"), file);
  const once = await blank(await readFile(file));
  expect(await blank(once)).toEqual(once);
});
