import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { NetworkServer } from "./network.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const FILES: Record<string, Buffer> = {
  "/image.png": PNG,
  "/drawing.svg": Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  "/page.png": Buffer.from("<!doctype html><title>No image</title>"),
  "/large.png": Buffer.concat([PNG, Buffer.alloc(1_000_000)]),
};

/** Where posts find their media: each of the files above, at its path. */
export type MediaServer = Pick<NetworkServer, "host" | "stop"> & { url: string };

export const startMediaServer = async (): Promise<MediaServer> => {
  const server = createServer((request, response) => {
    const file = FILES[request.url ?? ""];
    // What a server says of a file decides nothing.
    response.writeHead(file ? 200 : 404, { "content-type": "image/png", "content-length": file?.length ?? 0 });
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
