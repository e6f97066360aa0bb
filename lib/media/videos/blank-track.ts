import type { FileHandle } from "node:fs/promises";
import { type Box, blankBox, blankBytes, listBoxes, readBytes, UnreadableVideoError } from "#lib/media/videos/boxes";

const MAX_TABLE_BYTES = 64 * 1_048_576;

/**
 * Blanks a track and everything that was recorded for it, which lies scattered among the pictures. Throws
 * `UnreadableVideoError` when it cannot be told where.
 */
export const blankTrack = async (
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

// All samples are of one size, or each has its own.
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
