// Publishes with masto.js what a test asks for, and prints what the server says of it.
import { readFile } from "node:fs/promises";
import { createRestAPIClient } from "masto";

const [url, accessToken, picture, scheduledAt] = process.argv.slice(2);
const masto = createRestAPIClient({ url, accessToken });

const file = new Blob([await readFile(picture)]);
const medium = await masto.v2.media.create({ file, description: "A point" });
const status = await masto.v1.statuses.create({
  status: "From masto.js",
  mediaIds: [medium.id],
  visibility: "unlisted",
});
const scheduled = await masto.v1.statuses.create({ status: "Later", scheduledAt });
const { id } = await masto.v1.accounts.verifyCredentials();
const listed = await masto.v1.accounts.$select(id).statuses.list({ limit: 5 });
const { configuration } = await masto.v2.instance.fetch();
console.log(
  JSON.stringify({
    id: status.id,
    altText: status.mediaAttachments[0]?.description,
    scheduledAt: scheduled.scheduledAt,
    listed: listed.map((it) => it.id),
    linkLength: configuration.statuses.charactersReservedPerUrl,
  }),
);
