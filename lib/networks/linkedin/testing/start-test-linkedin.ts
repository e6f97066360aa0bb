import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import type { MediaType } from "#lib/media/detect-media-type";
import type { OpenedMedium } from "#lib/media/open-medium";
import type { ConnectedAccount, Medium, Submission } from "#lib/networks/connector";
import { capabilities } from "#lib/networks/linkedin/capabilities";
import { type FakeLinkedin, startLinkedin } from "#lib/testing/linkedin/start-linkedin";
import type { Settings } from "#lib/testing/linkedin/state";
import { useSettings } from "#lib/testing/process-state";

/** Starts a server that stops with its test, takes it for LinkedIn, and connects an account there. */
export const connectLinkedin = async (
  settings: Partial<Settings> = {},
): Promise<{ server: FakeLinkedin; account: ConnectedAccount }> => {
  const server = await startLinkedin(settings);
  onTestFinished(server.stop);
  useSettings({
    OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${server.port}`,
    NETWORK_API_URLS: `linkedin=${server.url}`,
    LINKEDIN_CLIENT_ID: server.settings.clientId,
    LINKEDIN_CLIENT_SECRET: server.settings.clientSecret,
  });
  const { member, accessToken } = server.connect();
  const account: ConnectedAccount = {
    accountId: randomUUID(),
    networkUserId: member.sub,
    username: member.name,
    serverUrl: null,
    credential: { accessToken },
    capabilities,
  };
  return { server, account };
};

/** No media. */
export const NOTHING = { kind: "images" as const, urns: [] };

/** A submission of a part with this text. */
export const toSubmission = (
  text: string,
  { media = [], ...others }: Partial<Submission> & { media?: Medium[] } = {},
) => ({
  postId: randomUUID(),
  index: 0,
  part: { text, media },
  identity: randomUUID(),
  thread: undefined,
  acceptedAt: new Date(),
  createdAt: new Date(),
  ...others,
});

/** Opens every medium as one of this type, in pieces that fit no part. */
export const openAs = (type: MediaType, bytes: number) => async (): Promise<OpenedMedium> => {
  async function* read() {
    for (let start = 0; start < bytes; start += 65_537)
      yield Buffer.alloc(Math.min(65_537, bytes - start), start % 251);
  }
  return { type, bytes, body: read() };
};
