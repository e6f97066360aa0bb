import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";

/** A file on its way, with a text that goes along. */
export type Multipart = { headers: Record<string, string>; body: Readable };

type File = { name: string; type: string; bytes: number | undefined; content: AsyncIterable<Uint8Array> };

/** Writes `multipart/form-data` as it is read, so that no file is ever whole in memory. */
export const writeMultipart = (fields: Record<string, string>, file: File): Multipart => {
  const boundary = `boring-${randomUUID()}`;
  const texts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const opening = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: ${file.type}\r\n\r\n`;
  const head = Buffer.from([...texts, opening].join(""));
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const length = file.bytes === undefined ? undefined : head.length + file.bytes + tail.length;
  return {
    headers: {
      "Content-Type": `multipart/form-data; boundary=${boundary}`,
      ...(length !== undefined && { "Content-Length": String(length) }),
    },
    body: Readable.from(concatenate(head, file.content, tail)),
  };
};

async function* concatenate(head: Uint8Array, content: AsyncIterable<Uint8Array>, tail: Uint8Array) {
  yield head;
  yield* content;
  yield tail;
}
