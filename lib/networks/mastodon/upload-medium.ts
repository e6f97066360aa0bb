import { z } from "zod";
import type { OpenedMedium } from "#lib/media/opened-medium";
import type { Medium } from "#lib/networks/connector";
import { callApi } from "#lib/networks/mastodon/call-api";
import type { Answer } from "#lib/networks/mastodon/fetch-json";
import { limitMedium } from "#lib/networks/mastodon/limit-medium";
import { idSchema } from "#lib/networks/mastodon/status";
import type { Session } from "#lib/networks/mastodon/to-session";
import { writeMultipart } from "#lib/networks/mastodon/write-multipart";
import { NetworkError } from "#lib/networks/network-error";
import type { Capabilities } from "#lib/networks/schema";
import { say } from "#lib/problems/problem";

const UPLOAD_MILLISECONDS = 300_000;
const IDLE_MILLISECONDS = 60_000;

const mediaSchema = z.object({ id: idSchema });

type Open = (medium: Medium) => Promise<OpenedMedium>;

/** Uploads a medium. Returns its id there, and whether the server is still at work on it. Throws `NetworkError` and `MediaError`. */
export const uploadMedium = async (
  session: Session,
  capabilities: Capabilities,
  medium: Medium,
  open: Open,
): Promise<{ id: string; isProcessing: boolean }> => {
  const send = async (version: string) => {
    const opened = await open(medium);
    const limited = limitMedium(opened, medium.url, capabilities);
    return sendMedium(session, `/api/${version}/media`, medium.altText, limited);
  };
  const first = await send("v2");
  const isOld = first.status === 404 || first.status === 405;
  const answer = isOld ? await send("v1") : first;
  const { data } = mediaSchema.safeParse(answer.json);
  if (!data) throw new NetworkError(isOld && answer.status >= 400 ? "refused" : "unavailable", NO_MEDIUM);
  return { id: data.id, isProcessing: answer.status === 202 };
};

const NO_MEDIUM = say("server_medium_refused");

async function sendMedium(
  session: Session,
  path: string,
  altText: string,
  { type, bytes, body }: OpenedMedium,
): Promise<Answer> {
  let broken: { error: unknown } | undefined;
  async function* watch() {
    try {
      yield* body;
    } catch (error) {
      broken = { error };
      throw error;
    }
  }
  const name = `medium.${type.slice(type.indexOf("/") + 1)}`;
  const file = { name, type, bytes, content: watch() };
  try {
    return await callApi(session, path, {
      method: "POST",
      ...writeMultipart(altText === "" ? {} : { description: altText }, file),
      timeoutMilliseconds: UPLOAD_MILLISECONDS,
      idleMilliseconds: IDLE_MILLISECONDS,
      expected: [404, 405],
    });
  } catch (error) {
    // Where the medium came from has broken off, not the way to the server.
    throw broken ? broken.error : error;
  }
}
