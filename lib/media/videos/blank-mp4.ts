import type { FileHandle } from "node:fs/promises";
import { type Box, blankBox, blankBytes, listBoxes, readBytes, UnreadableVideoError } from "#lib/media/videos/boxes";

// The boxes that playback needs, by parent. Any other box, known or not, may hold location or device metadata.
const NEEDED: Record<string, string> = {
  film: "ftyp styp moov mdat moof mfra sidx ssix pdin prft",
  moov: "mvhd trak mvex iods pssh",
  trak: "tkhd edts mdia tref tapt clip",
  mdia: "mdhd hdlr minf elng",
  minf: "vmhd smhd hmhd nmhd sthd gmhd hdlr dinf stbl",
  stbl: "stsd stts ctts cslg stss stps stsc stsz stz2 stco co64 sdtp sbgp sgpd subs saiz saio padb stdp stsh",
  moof: "mfhd traf pssh",
};
const PICTURE_AND_SOUND = ["vide", "soun"];

/**
 * Blanks location and device metadata in an MP4 or QuickTime file. Also blanks tracks that are neither video nor audio,
 * because cameras record their position there. Everything else keeps its offset. Throws `UnreadableVideoError` when the
 * metadata cannot be located.
 */
export const blankMp4 = async (file: FileHandle): Promise<void> => {
  const { size } = await file.stat();
  const boxes = await keepNeeded(file, "film", { type: "film", start: 0, content: 0, end: size });
  const recordings = boxes.filter(({ type }) => type === "mdat");
  const index = boxes.find(({ type }) => type === "moov");
  if (!index) throw new UnreadableVideoError("The film has no index.");
  const pieces = boxes.filter(({ type }) => type === "moof");
  for (const piece of pieces) await keepNeeded(file, "moof", piece);
  const tracks = (await keepNeeded(file, "moov", index)).filter(({ type }) => type === "trak");
  const others = [];
  for (const track of tracks) {
    const { kind, sampleTable } = await blankNames(file, track);
    if (!PICTURE_AND_SOUND.includes(kind)) others.push({ track, sampleTable });
  }
  if (others.length > 0 && pieces.length > 0) {
    throw new UnreadableVideoError("The film is in pieces that hold more than picture and sound.");
  }
  if (others.length === tracks.length) throw new UnreadableVideoError("The film has no picture.");
  for (const { track, sampleTable } of others) await blankTrack(file, track, sampleTable, recordings);
  if (others.length > 0) await blankReferences(file, tracks);
};

async function keepNeeded(file: FileHandle, place: string, { content, end }: Box): Promise<Box[]> {
  const boxes = await listBoxes(file, content, end);
  const needed = NEEDED[place]?.split(" ") ?? [];
  for (const box of boxes) if (!needed.includes(box.type)) await blankBox(file, box);
  return boxes.filter(({ type }) => needed.includes(type));
}

async function blankNames(file: FileHandle, track: Box): Promise<{ kind: string; sampleTable: Box | undefined }> {
  const find = (boxes: Box[], wanted: string) => boxes.find(({ type }) => type === wanted);
  const media = find(await keepNeeded(file, "trak", track), "mdia");
  if (!media) return { kind: "none", sampleTable: undefined };
  const inMedia = await keepNeeded(file, "mdia", media);
  const [handler, information] = [find(inMedia, "hdlr"), find(inMedia, "minf")];
  const kind = handler ? await blankHandler(file, handler) : "none";
  if (!information) return { kind, sampleTable: undefined };
  const inInformation = await keepNeeded(file, "minf", information);
  const dataHandler = find(inInformation, "hdlr");
  if (dataHandler) await blankHandler(file, dataHandler);
  const sampleTable = find(inInformation, "stbl");
  const description = sampleTable && find(await keepNeeded(file, "stbl", sampleTable), "stsd");
  if (description && PICTURE_AND_SOUND.includes(kind)) await blankDescriptions(file, description, kind);
  return { kind, sampleTable };
}

// After the kind come the vendor and the handler's name, such as "GoPro AVC" or "Core Media Video".
async function blankHandler(file: FileHandle, { content, end }: Box): Promise<string> {
  const kind = await readBytes(file, content + 8, 4);
  await blankBytes(file, content + 12, end);
  return kind.toString("latin1");
}

// Sample descriptions include the vendor (4 bytes) and the encoder's name (32 bytes).
async function blankDescriptions(file: FileHandle, { content, end }: Box, kind: string): Promise<void> {
  for (const { start, end: entryEnd } of await listBoxes(file, content + 8, end)) {
    if (entryEnd >= start + 24) await blankBytes(file, start + 20, start + 24);
    if (kind === "vide" && entryEnd >= start + 82) await blankBytes(file, start + 50, start + 82);
  }
}

async function blankReferences(file: FileHandle, tracks: Box[]): Promise<void> {
  for (const { content, end } of tracks) {
    for (const box of await listBoxes(file, content, end)) if (box.type === "tref") await blankBox(file, box);
  }
}

const MAX_TABLE_BYTES = 64 * 1_048_576;

/**
 * Blanks a track and all its samples, which are interleaved with the video. Throws `UnreadableVideoError` when their
 * position cannot be determined.
 */
const blankTrack = async (
  file: FileHandle,
  track: Box,
  sampleTable: Box | undefined,
  recordings: readonly Box[],
): Promise<void> => {
  if (sampleTable) {
    let left = recordings.reduce((sum, { start, end }) => sum + end - start, 0);
    for (const [from, to] of await listChunks(file, sampleTable)) {
      left -= to - from;
      const isInside = recordings.some(({ content, end }) => from >= content && to <= end);
      if (!isInside || left < 0) throw new UnreadableVideoError("A track lies where no recordings are.");
      await blankBytes(file, from, to);
    }
  }
  await blankBox(file, track);
};

async function listChunks(file: FileHandle, { content, end }: Box): Promise<[number, number][]> {
  const tables = await listBoxes(file, content, end);
  const read = async (type: string) => {
    const table = tables.find((box) => box.type === type);
    if (!table) return undefined;
    if (table.end - table.content > MAX_TABLE_BYTES) throw new UnreadableVideoError(`The table ${type} is too long.`);
    return readBytes(file, table.content, table.end - table.content);
  };
  const sizes = toSizes(await read("stsz"));
  const runs = toRows(await read("stsc"), 12).map((row) => [row.readUInt32BE(0), row.readUInt32BE(4)] as const);
  const starts = [
    ...toRows(await read("stco"), 4).map((row) => row.readUInt32BE()),
    ...toRows(await read("co64"), 8).map((row) => Number(row.readBigUInt64BE())),
  ];
  let [run, sample] = [0, 0];
  return starts.map((start, index) => {
    while ((runs[run + 1]?.[0] ?? Number.POSITIVE_INFINITY) <= index + 1) run++;
    const last = Math.min(sample + (runs[run]?.[1] ?? 0), sizes.count);
    let to = start;
    for (; sample < last; sample++) to += sizes.of(sample);
    return [start, to];
  });
}

// Either all samples have one size, or the table lists each size.
function toSizes(table: Buffer | undefined): { count: number; of(sample: number): number } {
  if (!table || table.length < 12) throw new UnreadableVideoError("The sizes of a track are missing.");
  const [common, count] = [table.readUInt32BE(4), table.readUInt32BE(8)];
  if (common === 0 && 12 + 4 * count > table.length) {
    throw new UnreadableVideoError("The sizes of a track are cut off.");
  }
  return { count, of: (sample) => (common === 0 ? table.readUInt32BE(12 + 4 * sample) : common) };
}

function toRows(table: Buffer | undefined, bytes: number): Buffer[] {
  if (!table) return [];
  const count = table.length < 8 ? 0 : table.readUInt32BE(4);
  if (table.length < 8 + count * bytes) throw new UnreadableVideoError("A table of a track is cut off.");
  return Array.from({ length: count }, (_, row) => table.subarray(8 + row * bytes, 8 + (row + 1) * bytes));
}
