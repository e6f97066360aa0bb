import { z } from "zod";
import { callServer } from "#lib/networks/bluesky/call-server";
import { capabilities } from "#lib/networks/bluesky/capabilities";
import { ServerError } from "#lib/networks/bluesky/server-error";
import type { AccountFacts } from "#lib/networks/connector";

const UNVERIFIED_HANDLE = "handle.invalid";

const profileSchema = z.object({ value: z.object({ displayName: z.string().optional() }) });

/** What an account is called, by its handle and by the profile that its server keeps. */
export const readFacts = async (
  server: string,
  { did, handle }: Record<"did" | "handle", string>,
): Promise<AccountFacts> => {
  const username = handle === UNVERIFIED_HANDLE ? did : handle;
  const query = { repo: did, collection: "app.bsky.actor.profile", rkey: "self" };
  const displayName = await callServer({ server, method: "com.atproto.repo.getRecord", query }, profileSchema).then(
    ({ value }) => value.displayName,
    (thrown) => {
      // Who has never edited the profile has none.
      if (thrown instanceof ServerError && thrown.reason === "refused") return undefined;
      throw thrown;
    },
  );
  return { username, displayName: displayName?.trim() || username, capabilities };
};
