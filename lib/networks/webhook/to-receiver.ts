import { z } from "zod";
import type { ConnectedAccount } from "#lib/networks/connector";
import type { Receiver } from "#lib/standard-webhooks/post-message";

const credentialSchema = z.object({ signing_secret: z.string() });

/** The receiver that an account stands for. */
export const toReceiver = ({ networkUserId, credential }: ConnectedAccount): Receiver => ({
  url: networkUserId,
  secret: credentialSchema.parse(credential).signing_secret,
});
