import { type Exchange, Refusal, type Reply, type Route, readBody, readMembers } from "#lib/testing/linkedin/exchange";
import { requireAuthor } from "#lib/testing/linkedin/media-routes";
import { readLittleText } from "#lib/testing/linkedin/read-little-text";
import type { Post, State } from "#lib/testing/linkedin/state";

const LONGEST_TEXT = 3000;
const ID_TIME_SHIFT = 22n;
const POST_MEMBERS = ["author", "commentary", "visibility", "distribution", "lifecycleState"];

/** Members' posts, which only their readers can read. */
export const postRoutes: Route[] = [
  { method: "POST", path: /^\/rest\/posts$/, answer: publish },
  { method: "DELETE", path: /^\/rest\/posts\/([^/]+)$/, answer: remove },
];

function publish(exchange: Exchange): Reply {
  const { state } = exchange;
  const body = readMembers(readBody(exchange), POST_MEMBERS, ["content", "isReshareDisabledByAuthor"]);
  const author = requireAuthor(exchange, body.author);
  const { feedDistribution } = readMembers(
    body.distribution,
    ["feedDistribution"],
    ["targetEntities", "thirdPartyDistributionChannels"],
  );
  requireValue("visibility", body.visibility, "PUBLIC");
  requireValue("lifecycleState", body.lifecycleState, "PUBLISHED");
  requireValue("feedDistribution", feedDistribution, "MAIN_FEED");
  const commentary = String(body.commentary);
  const text = readLittleText(commentary);
  if (commentary.length > LONGEST_TEXT) {
    throw new Refusal(
      422,
      "INVALID_VALUE",
      `ERROR :: /commentary :: text length (${commentary.length} characters) exceeded`,
    );
  }
  const shown = readContent(body.content, author, state);
  const now = Date.now() + state.settings.clockError;
  refuseTwin({ author, commentary, media: shown.media }, now, state);
  const id = (BigInt(now) << ID_TIME_SHIFT) | BigInt(state.nextId++);
  const member = [...state.members.values()].find(({ sub }) => author.endsWith(`:${sub}`)) ?? { sub: author, name: "" };
  state.posts.push({ urn: `urn:li:share:${id}`, member, commentary, text, ...shown, createdAt: now });
  return { status: 201, headers: { "x-restli-id": `urn:li:share:${id}` } };
}

function requireValue(name: string, given: unknown, expected: string): void {
  if (given !== expected)
    throw new Refusal(422, "INVALID_VALUE", `ERROR :: /${name} :: "${given}" is not an enum symbol`);
}

type Shown = Pick<Post, "media" | "altTexts">;

function readContent(content: unknown, author: string, state: State): Shown {
  if (content === undefined) return { media: [], altTexts: [] };
  const { media, multiImage } = readMembers(content, [], ["media", "multiImage"]);
  const { images } = multiImage ? readMembers(multiImage, ["images"]) : { images: [media] };
  if (!Array.isArray(images) || (multiImage && (images.length < 2 || images.length > 20))) {
    throw new Refusal(422, "INVALID_VALUE", "ERROR :: /content/multiImage/images :: must have 2 to 20 images");
  }
  const members = images.map((image) => readMembers(image, ["id"], ["altText", "title"]));
  for (const { id } of members) requireReady(String(id), author, state);
  return { media: members.map(({ id }) => String(id)), altTexts: members.map(({ altText = "" }) => String(altText)) };
}

function requireReady(urn: string, author: string, { uploads }: State): void {
  const upload = uploads.get(urn);
  if (upload?.owner !== author) throw new Refusal(403, "ACCESS_DENIED", `The author does not own ${urn}`);
  if (!upload.isFinished || upload.parts.includes(undefined)) {
    throw new Refusal(422, "INVALID_VALUE", `ERROR :: /content :: ${urn} has not been uploaded`);
  }
}

type Twin = { author: string; commentary: string; media: string[] };

function refuseTwin({ author, commentary, media }: Twin, now: number, { posts, settings }: State): void {
  const twin = posts.find(
    (post) =>
      author.endsWith(`:${post.member.sub}`) &&
      post.commentary === commentary &&
      post.media.join() === media.join() &&
      now - post.createdAt < settings.duplicateMilliseconds,
  );
  if (!twin) return;
  const message = settings.namesTwins ? `Content is a duplicate of ${twin.urn}` : "Duplicate post is detected";
  const inputErrors = [{ description: message, code: "DUPLICATE_POST", input: { inputPath: { fieldPath: "" } } }];
  throw new Refusal(422, "UNPROCESSABLE_ENTITY", message, { errorDetailType: "input", errorDetails: { inputErrors } });
}

function remove(exchange: Exchange): Reply {
  const { state, found } = exchange;
  const index = state.posts.findIndex(({ urn }) => urn === found);
  requireAuthor(exchange, `urn:li:person:${state.posts[index]?.member.sub}`);
  if (index >= 0) state.posts.splice(index, 1);
  return { status: 204 };
}
