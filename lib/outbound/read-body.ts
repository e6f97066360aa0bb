import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

/** The whole body as text, within the limits that it was fetched with. */
export const readText = (body: Readable): Promise<string> => text(body);

/** The whole body as what its JSON says, or undefined when it is not JSON. */
export const readJson = async (body: Readable): Promise<unknown> => {
  const received = await text(body);
  try {
    return JSON.parse(received);
  } catch {
    return undefined;
  }
};
