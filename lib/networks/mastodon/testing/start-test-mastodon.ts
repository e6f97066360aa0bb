import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import type { OpenedMedium } from "#lib/media/open-medium";
import type { ConnectedAccount, Submission } from "#lib/networks/connector";
import { usualCapabilities } from "#lib/networks/mastodon/find-instance";
import { allowHosts } from "#lib/outbound/testing/test-server";
import { type FakeMastodon, startMastodon } from "#lib/testing/mastodon/start-mastodon";
import type { Settings } from "#lib/testing/mastodon/state";

/** Starts a server that stops with its test, and connects alice's account there. */
export const connectMastodon = async (
  settings: Partial<Settings> = {},
): Promise<{ server: FakeMastodon; account: ConnectedAccount }> => {
  const server = await startMastodon(settings);
  onTestFinished(server.stop);
  const host = `127.0.0.1:${server.port}`;
  allowHosts(host);
  const account: ConnectedAccount = {
    accountId: randomUUID(),
    networkUserId: `101@${host}`,
    username: `alice@${host}`,
    serverUrl: server.url,
    credential: server.connect(),
    capabilities: usualCapabilities,
  };
  return { server, account };
};

/** A submission of a part with this text. */
export const toSubmission = (text: string, others: Partial<Submission> = {}): Submission => ({
  postId: randomUUID(),
  index: 0,
  part: { text, media: [] },
  identity: randomUUID(),
  thread: undefined,
  acceptedAt: new Date(),
  createdAt: new Date(),
  ...others,
});

/** The first bytes of an image, followed by filler. */
export const toPicture = (bytes: number): Uint8Array => {
  const picture = Buffer.alloc(bytes);
  picture.write("\x89PNG\r\n\x1a\n", "latin1");
  return picture;
};

/** Opens every medium as an image in chunks, and counts what is read. */
export const openPicture = (bytes: number, isAnnounced = true) => {
  const opened = {
    read: 0,
    open: async (): Promise<OpenedMedium> => {
      return { type: "image/png", bytes: isAnnounced ? bytes : undefined, body: readPieces() };
    },
  };
  async function* readPieces() {
    const picture = toPicture(bytes);
    for (let start = 0; start < bytes; start += 16_384) {
      const piece = picture.subarray(start, start + 16_384);
      opened.read += piece.length;
      yield piece;
    }
  }
  return opened;
};
