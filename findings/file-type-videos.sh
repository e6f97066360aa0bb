#!/usr/bin/env bash
# file-type takes a text whose fifth to eighth letters are "free" or "wide" for a QuickTime video, because it looks for those
# four bytes and not for a box with a length. It takes every brand that it does not know for MP4, also that of a picture (heis,
# a scalable HEIC), and does not look at the compatible brands, by which a film of a Nikon camera (niko, with qt) is QuickTime.
# One would expect undefined, undefined or a picture, and video/quicktime. Exits with 1 when that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts --silent file-type@22.3.0
cat > run.mjs <<'JS'
import { fileTypeFromBuffer } from "file-type";
const ftyp = (major, ...compatible) => {
  const box = Buffer.from(`\0\0\0\0ftyp${major}\0\0\0\0${compatible.join("")}`, "latin1");
  box.writeUInt32BE(box.length);
  return Buffer.concat([box, Buffer.alloc(1000)]);
};
const FILES = [
  ["a text: The free beer is gone", Buffer.from("The free beer is gone. ".repeat(40)), "video/quicktime"],
  ["a text: The wide world", Buffer.from("The wide world. ".repeat(40)), "video/quicktime"],
  ["a picture: heis with mif1", ftyp("heis", "mif1"), "video/mp4"],
  ["a film: niko with qt", ftyp("niko", "qt  "), "video/mp4"],
];
console.log("file-type 22.3.0");
let isAsBefore = true;
for (const [name, file, expected] of FILES) {
  const found = (await fileTypeFromBuffer(file))?.mime;
  console.log(`${name.padEnd(30)} ${found}`);
  isAsBefore &&= found === expected;
}
process.exit(isAsBefore ? 0 : 1);
JS
node run.mjs
