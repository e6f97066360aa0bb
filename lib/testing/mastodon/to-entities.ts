import { formatContent } from "#lib/testing/mastodon/format-content";
import { type Medium, PEOPLE, type State, type Status } from "#lib/testing/mastodon/state";

/** An account as the API shows it. */
export const toAccount = (username: string, { url }: State) => ({
  id: PEOPLE[username]?.id,
  username,
  acct: username,
  display_name: PEOPLE[username]?.displayName,
  url: `${url}/@${username}`,
  uri: `${url}/users/${username}`,
  avatar: `${url}/avatar.png`,
  avatar_static: `${url}/avatar.png`,
  header: `${url}/header.png`,
  header_static: `${url}/header.png`,
  locked: false,
  bot: false,
  group: false,
  discoverable: true,
  created_at: "2026-01-01T00:00:00.000Z",
  last_status_at: null,
  followers_count: 0,
  following_count: 0,
  statuses_count: 0,
  note: "",
  emojis: [],
  fields: [],
});

/** A medium as the API shows it: without an address while it is being processed. */
export const toAttachment = ({ id, type, description, pendingReads }: Medium, { url }: State) => ({
  id,
  type: type.split("/")[0],
  url: pendingReads > 0 ? null : `${url}/media/${id}`,
  preview_url: `${url}/media/${id}/small`,
  remote_url: null,
  meta: {},
  description,
  blurhash: null,
});

/** A status as the API shows it. */
export const toStatus = (status: Status, state: State) => ({
  id: status.id,
  created_at: status.createdAt.toISOString(),
  in_reply_to_id: status.inReplyTo,
  in_reply_to_account_id: status.inReplyTo && PEOPLE[status.username]?.id,
  sensitive: status.sensitive || status.spoilerText !== "",
  spoiler_text: status.spoilerText,
  visibility: status.visibility,
  language: status.language ?? "en",
  uri: `${state.url}/users/${status.username}/statuses/${status.id}`,
  url: `${state.url}/@${status.username}/${status.id}`,
  content: formatContent(status.text, state.url),
  reblog: null,
  application: { name: status.application, website: null },
  account: toAccount(status.username, state),
  media_attachments: status.media.map((medium) => toAttachment(medium, state)),
  mentions: [],
  tags: [],
  emojis: [],
  card: null,
  poll: null,
  replies_count: 0,
  reblogs_count: 0,
  favourites_count: 0,
  edited_at: null,
});

/** The server as it describes itself. */
export const toInstance = ({ url, settings }: State, version: 1 | 2) => {
  const name = new URL(url).host;
  return {
    ...(version === 2 ? { domain: name } : { uri: name }),
    title: "A server for tests",
    description: "",
    rules: [],
    ...(version === 1 && { short_description: "", email: "", stats: {}, urls: {}, languages: ["en"] }),
    version: "4.5.0",
    configuration: {
      statuses: {
        max_characters: settings.maxCharacters,
        max_media_attachments: settings.maxMedia,
        characters_reserved_per_url: settings.linkCharacters,
      },
      media_attachments: {
        ...(version === 2 && { description_limit: 1500 }),
        supported_mime_types: settings.mediaTypes,
        image_size_limit: settings.imageBytes,
        image_matrix_limit: settings.imagePixels,
        video_size_limit: settings.videoBytes,
      },
    },
  };
};
