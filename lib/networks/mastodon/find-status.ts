import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { PublishedPart, Submission } from "#lib/networks/connector";
import { shortenMentions } from "#lib/networks/count-text";
import { CLIENT_NAME } from "#lib/networks/mastodon/authorize";
import { callApi, type Session, toPlainText } from "#lib/networks/mastodon/call-api";
import { idSchema, type Status, statusSchema, toPublishedPart } from "#lib/networks/mastodon/status";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

const PAGE_SIZE = 40;
const MAX_PAGES = 10;
const SECOND_LOOK_MILLISECONDS = 1500;

const pageSchema = z.array(z.unknown());
const namedSchema = z.object({ id: idSchema });

/**
 * Looks for a part among what an account has published since the submission was made. Returns `resend` when a second look
 * does not find it either, and `unknown` when there are too many statuses to search.
 */
export const findStatus = async (
  session: Session,
  userId: string,
  submission: Submission,
): Promise<PublishedPart | "resend" | "unknown"> => {
  for (const pause of [0, SECOND_LOOK_MILLISECONDS]) {
    // A status that was just accepted may not be in the list yet.
    if (pause > 0) await setTimeout(pause);
    const statuses = await listStatuses(session, userId, submission);
    if (!statuses) return "unknown";
    const found = chooseStatus(
      statuses.filter((status) => isCandidate(status, submission)),
      submission.part.text,
    );
    if (found) return toPublishedPart(found, session.serverUrl);
  }
  return "resend";
};

async function listStatuses(
  session: Session,
  userId: string,
  { createdAt, clockDifference = 0 }: Submission,
): Promise<Status[] | undefined> {
  const listed: Status[] = [];
  let lastId: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = new URLSearchParams({
      exclude_reblogs: "true",
      limit: String(PAGE_SIZE),
      ...(lastId !== undefined && { max_id: lastId }),
    });
    const answer = await callApi(session, `/api/v1/accounts/${userId}/statuses?${query}`);
    const { data: entries } = pageSchema.safeParse(answer.json);
    if (!entries) throw new NetworkError("unavailable", say("server_senseless"));
    // An invalid entry is not ours: the server would return our status in the same form as its others.
    const statuses = entries.flatMap((entry) => statusSchema.safeParse(entry).data ?? []);
    const since = createdAt.getTime() - clockDifference + toClockDifference(answer.headers.date);
    const recent = statuses.filter(({ created_at }) => created_at.getTime() >= since);
    listed.push(...recent);
    lastId = entries.map((entry) => namedSchema.safeParse(entry).data?.id).findLast((id) => id !== undefined);
    const isEnd = entries.length < PAGE_SIZE && lastId === undefined;
    if (recent.length < statuses.length || isEnd) return listed;
    if (lastId === undefined) return undefined;
  }
  return undefined;
}

// A lower bound for how far the server's clock is ahead of ours. Its `Date` has whole seconds and is slightly old.
function toClockDifference(date: string | undefined): number {
  const difference = Date.parse(date ?? "") - Date.now();
  return Number.isNaN(difference) ? 0 : difference;
}

function isCandidate(status: Status, { thread, part, taken = [] }: Submission): boolean {
  return (
    !status.reblog &&
    !taken.includes(status.id) &&
    status.in_reply_to_id === (thread?.parent.reference.id ?? null) &&
    status.media_attachments.length === part.media.length &&
    (status.application === null || status.application.name === CLIENT_NAME)
  );
}

/**
 * Chooses the oldest status, from a list sorted newest first, whose text is what was sent. If none matches exactly,
 * compares only letters and digits, because some servers interpret markup or change quotation marks.
 */
const chooseStatus = (statuses: readonly Status[], sent: string): Status | undefined => {
  const [exact, loose] = [toSpaceless(sent), toLetters(sent)];
  const shown = statuses.map((status) => ({ status, text: toPlainText(status.content) }));
  const found =
    shown.findLast(({ text }) => toSpaceless(text) === exact) ??
    shown.findLast(({ text }) => loose !== "" && toLetters(text) === loose);
  return found?.status;
};

function toSpaceless(text: string): string {
  return shortenMentions(text).normalize("NFC").replace(/\s+/gu, "");
}

function toLetters(text: string): string {
  return shortenMentions(text)
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
}
