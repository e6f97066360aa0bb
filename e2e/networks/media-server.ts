import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import sharp from "sharp";
import type { NetworkServer } from "./network.ts";

const TRICKLE_MILLISECONDS = 900;
const FILM = path.resolve(import.meta.dirname, "../../lib/media/videos/test-film.mp4");

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Where posts find their media: each of the files below, at its path. */
export type MediaServer = Pick<NetworkServer, "host" | "stop"> & { url: string };

export const startMediaServer = async (): Promise<MediaServer> => {
  const files = await makeFiles();
  const used = new Set<string>();
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    const [name = ""] = url.split("?");
    if (name === "/trickle.png") return trickle(response);
    const file = files[name];
    const isGone = !file || (name === "/once.png" && used.has(url));
    used.add(url);
    // What a server says of a file decides nothing.
    response.writeHead(isGone ? 404 : 200, { "content-type": "image/png", "content-length": file?.length ?? 0 });
    response.end(file);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

async function makeFiles(): Promise<Record<string, Buffer>> {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 60 };
  const gif = { raw: { width: 10, height: 20, channels: 3 as const, pageHeight: 10 } };
  return {
    "/image.png": PNG,
    // Its address works once for each query.
    "/once.png": PNG,
    "/drawing.svg": Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "/page.png": Buffer.from("<!doctype html><title>No image</title>"),
    "/large.png": await sharp({ create: { width: 1600, height: 1200, channels: 3, background: "#000", noise } })
      .png()
      .toBuffer(),
    // As a telephone takes it: to be turned, in its own colours, with where and by what it was taken.
    "/photo.jpg": await sharp({ create: { width: 60, height: 40, channels: 3, background: "#c00" } })
      .withIccProfile("p3")
      .withExif({ IFD0: { Make: "Secret" }, IFD3: { GPSLatitude: "25/1 2/1 0/1" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer(),
    "/moving.gif": await sharp(Buffer.concat([Buffer.alloc(300, 7), Buffer.alloc(300, 200)]), gif)
      .gif()
      .toBuffer(),
    "/film.mp4": await readFile(FILM),
  };
}

function trickle(response: ServerResponse): void {
  response.writeHead(200, { "content-length": PNG.length });
  let sent = 0;
  const timer = setInterval(() => response.write(PNG.subarray(sent, ++sent)), TRICKLE_MILLISECONDS);
  response.on("close", () => clearInterval(timer));
}
