import { setTimeout } from "node:timers/promises";
import type { ConnectedAccount, PlannedPart, Preparation } from "#lib/networks/connector";
import { callApi, type Session, toSession } from "#lib/networks/mastodon/call-api";
import { uploadMedium } from "#lib/networks/mastodon/upload-medium";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

const LONGEST_MILLISECONDS = 10_000;
const [FIRST_PAUSE_MILLISECONDS, LONGEST_PAUSE_MILLISECONDS] = [250, 2000];
const PASSING = ["unavailable", "rate_limited", "expired"];

/**
 * Uploads the remaining media and waits a few seconds until all can be published. Returns their ids on the server. If
 * processing takes longer, the next call for the same part continues. Throws `NetworkError` and `MediaError`.
 */
export const prepareMedia = async (
  account: ConnectedAccount,
  { part }: PlannedPart,
  { open, earlier = [] }: Preparation<string[]>,
): Promise<string[]> => {
  const session = toSession(account);
  const ids = [...earlier];
  let isProcessing = ids.length > 0;
  try {
    for (const medium of part.media.slice(ids.length)) {
      const uploaded = await uploadMedium(session, account.capabilities, medium, open);
      ids.push(uploaded.id);
      isProcessing ||= uploaded.isProcessing;
    }
    if (isProcessing) await waitForProcessing(session, ids);
    return ids;
  } catch (error) {
    if (!(error instanceof NetworkError) || !PASSING.includes(error.reason)) throw error;
    const { reason, problem, retryAt, isUnderWay } = error;
    throw new NetworkError(reason, problem, { retryAt, isUnderWay, handle: ids, cause: error });
  }
};

/**
 * Whether a server is still processing any of these media. Some servers have no such call; there, publishing will show it.
 */
export const isAtWork = async (session: Session, ids: string[]): Promise<boolean> => {
  for (const id of ids) {
    const { status } = await callApi(session, `/api/v1/media/${id}`, { expected: [404] });
    if (status === 206) return true;
  }
  return false;
};

/** The error while a server is still processing media. */
export const toAtWork = (handle: string[]): NetworkError =>
  new NetworkError("unavailable", say("server_medium_waiting"), { isUnderWay: true, handle });

async function waitForProcessing(session: Session, ids: string[]): Promise<void> {
  const end = performance.now() + LONGEST_MILLISECONDS;
  for (let pause = FIRST_PAUSE_MILLISECONDS; await isAtWork(session, ids); ) {
    if (performance.now() > end) throw toAtWork(ids);
    await setTimeout(pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
  }
}
