import { randomUUID } from "node:crypto";
import type { OpenedMedium } from "#lib/media/open-medium";
import { connect } from "#lib/networks/bluesky/connect";
import { bluesky } from "#lib/networks/bluesky/connector";
import { toRecordKey } from "#lib/networks/bluesky/publish";
import type { ConnectedAccount, Medium, PublishedPart, Submission } from "#lib/networks/connector";
import type { Pds, PdsAccount } from "./pds.ts";

/** The call that publishes. */
export const PUT = "/xrpc/com.atproto.repo.putRecord";
/** A picture of one pixel. */
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** An account as it is when it has been connected. */
export const connectAccount = async (
  { proxy }: Pds,
  { handle, appPassword }: PdsAccount,
): Promise<ConnectedAccount> => ({
  accountId: "an account",
  ...(await connect({ identifier: handle, app_password: appPassword, server: proxy.url })),
});

/** What a part with this text is published with. */
export const submit = (text: string, more: Partial<Submission> = {}): Submission => ({
  postId: "a post",
  index: 0,
  part: { text, media: [] },
  identity: toRecordKey({ postId: randomUUID(), index: 0, acceptedAt: new Date(), identity: "" }),
  thread: undefined,
  acceptedAt: new Date("2026-11-22T10:00:00Z"),
  createdAt: new Date("2026-11-22T10:00:00Z"),
  ...more,
});

const never = async (_medium: Medium): Promise<OpenedMedium> => {
  throw new Error("No medium is to be opened.");
};

/** Opens media that are all the same. */
export const opens = (type: OpenedMedium["type"], bytes: Buffer, announced: number | undefined = bytes.length) => {
  return async (_medium: Medium): Promise<OpenedMedium> => ({
    type,
    bytes: announced,
    body: (async function* () {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    })(),
  });
};

/** Publishes a part as a worker does: what it needs first, then the part. */
export const publish = async (
  account: ConnectedAccount,
  submission: Submission,
  open = never,
): Promise<PublishedPart> => bluesky.publish(account, submission, await bluesky.prepare(account, submission, { open }));
