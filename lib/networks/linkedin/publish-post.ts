import { z } from "zod";
import type { ConnectedAccount, PublishedPart, Submission } from "#lib/networks/connector";
import { type Answer, callApi, toToken } from "#lib/networks/linkedin/call-api";
import { explainAnswer } from "#lib/networks/linkedin/explain-answer";
import { escapeLittleText } from "#lib/networks/linkedin/little-text";
import { toAuthor, type Uploads } from "#lib/networks/linkedin/upload-media";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

const MILLISECONDS = 30_000;
const URN = /urn:li:(?:share|ugcPost):(\d{1,20})/;
// The upper bits of an id are the milliseconds since 1970.
const ID_TIME_SHIFT = 22n;

/**
 * Publishes a text with media that were uploaded before. LinkedIn refuses a post that it has already and names the one that it
 * has: after a lost answer, that one is the post. Throws `NetworkError`.
 */
export const publishPost = async (
  account: ConnectedAccount,
  submission: Submission,
  uploads: Uploads,
): Promise<PublishedPart> => {
  const token = toToken(account);
  const answer = await callApi(token, "/rest/posts", {
    json: toBody(account, submission, uploads),
    isIrreversible: true,
    timeoutMilliseconds: MILLISECONDS,
    idleMilliseconds: MILLISECONDS,
    expected: [422],
  });
  if (answer.status === 422) return toTwin(answer, submission, token);
  const [urn] = URN.exec(answer.headers["x-restli-id"]?.toString() ?? "") ?? [];
  if (urn === undefined) throw new NetworkError("uncertain", say("linkedin_senseless"));
  return toPart(urn);
};

function toBody(account: ConnectedAccount, { part: { text, media } }: Submission, { kind, urns }: Uploads) {
  const images = urns.map((id, index) => ({ id, altText: media[index]?.altText ?? "" }));
  return {
    author: toAuthor(account),
    commentary: escapeLittleText(text),
    visibility: "PUBLIC",
    distribution: { feedDistribution: "MAIN_FEED", targetEntities: [], thirdPartyDistributionChannels: [] },
    ...(images.length > 0 && { content: toContent(kind, images) }),
    lifecycleState: "PUBLISHED",
    isReshareDisabledByAuthor: false,
  };
}

function toContent(kind: Uploads["kind"], images: { id: string; altText: string }[]) {
  if (kind === "video") return { media: { id: images[0]?.id } };
  return images.length === 1 ? { media: images[0] } : { multiImage: { images } };
}

const duplicateSchema = z.object({
  message: z.string().catch(""),
  errorDetails: z.object({ inputErrors: z.array(z.object({ code: z.string().catch("") })) }),
});

function toTwin(answer: Answer, submission: Submission, token: string): PublishedPart {
  const { data } = duplicateSchema.safeParse(answer.json);
  const isDuplicate = data?.errorDetails.inputErrors.some(({ code }) => code === "DUPLICATE_POST");
  if (!data || !isDuplicate) throw explainAnswer(answer, { version: "", token, isIrreversible: false });
  const [urn, id] = URN.exec(data.message) ?? [];
  if (!urn || !id) {
    // After a lost answer the unnamed post may well be this one.
    throw new NetworkError(submission.mayBeThere ? "uncertain" : "refused", say("linkedin_duplicate_unnamed"));
  }
  if (!isOwn(urn, id, submission, answer)) {
    throw new NetworkError("refused", say("linkedin_duplicate", { url: toPart(urn).url }));
  }
  return toPart(urn);
}

// A post of the same text that was there before is not this one.
function isOwn(
  urn: string,
  id: string,
  { mayBeThere, taken = [], createdAt, clockDifference = 0 }: Submission,
  { headers }: Answer,
): boolean {
  const theirs = Date.parse(headers.date ?? "");
  const since = createdAt.getTime() - clockDifference + (Number.isNaN(theirs) ? 0 : theirs - Date.now());
  return (
    mayBeThere === true && !taken.includes(urn) && Number(BigInt(id) >> ID_TIME_SHIFT) >= since - SLACK_MILLISECONDS
  );
}

// `Date` has whole seconds and is slightly old.
const SLACK_MILLISECONDS = 2000;

function toPart(urn: string): PublishedPart {
  return { networkPostId: urn, url: `https://www.linkedin.com/feed/update/${urn}/`, reference: { urn } };
}
