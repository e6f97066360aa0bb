import { z } from "zod";
import { callServer } from "#lib/networks/bluesky/call-server";
import { NetworkError } from "#lib/networks/network-error";

const LONGEST_MILLISECONDS = 5000;
const AT_ONCE = 8;

const answerSchema = z.object({
  did: z
    .string()
    .max(2048)
    .regex(/^did:[a-z]+:[\w.:%-]*[\w.-]$/),
});

/**
 * Who has these handles, as far as the server can say within a few seconds altogether: it asks others, of whom some never
 * answer.
 */
export const findDids = async (server: string, handles: string[]): Promise<ReadonlyMap<string, string>> => {
  const signal = AbortSignal.timeout(LONGEST_MILLISECONDS);
  const found = new Map<string, string>();
  const rest = [...new Set(handles)].values();
  const work = async () => {
    for (const handle of rest) {
      const did = await findDid(server, handle, signal);
      if (did !== undefined) found.set(handle, did);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
};

/** Who has a handle, or undefined when the server cannot say soon. */
export const findDid = (
  server: string,
  handle: string,
  signal = AbortSignal.timeout(LONGEST_MILLISECONDS),
): Promise<string | undefined> => {
  const method = "com.atproto.identity.resolveHandle";
  return callServer({ server, method, query: { handle }, signal }, answerSchema).then(
    ({ did }) => did,
    (thrown) => {
      if (thrown instanceof NetworkError) return undefined;
      throw thrown;
    },
  );
};
