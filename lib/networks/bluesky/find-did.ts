import { z } from "zod";
import { callServer } from "#lib/networks/bluesky/call-server";
import { ServerError } from "#lib/networks/bluesky/server-error";

const answerSchema = z.object({ did: z.string() });

/** Who has a handle, or undefined when the server cannot say. */
export const findDid = async (server: string, handle: string): Promise<string | undefined> => {
  try {
    const { did } = await callServer(
      { server, method: "com.atproto.identity.resolveHandle", query: { handle } },
      answerSchema,
    );
    return did;
  } catch (thrown) {
    if (thrown instanceof ServerError && thrown.reason !== "rate_limited") return undefined;
    throw thrown;
  }
};
