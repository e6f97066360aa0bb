import { z } from "zod";
import type { ConnectedAccount } from "#lib/networks/connector";

const sessionSchema = z.object({ serverUrl: z.string(), credential: z.object({ accessToken: z.string() }) });

/** With which server an account is spoken about, and as whom. */
export type Session = { serverUrl: string; token: string };

/** The session of a connected account. Throws when it was connected by something else. */
export const toSession = (account: ConnectedAccount): Session => {
  const { serverUrl, credential } = sessionSchema.parse(account);
  return { serverUrl, token: credential.accessToken };
};
