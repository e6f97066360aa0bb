import { z } from "zod";
import type { ConnectedAccount } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { tokenSchema } from "#lib/networks/token-schema";
import { say } from "#lib/problems/problem";

const accountSchema = z.object({ serverUrl: z.string(), credential: z.object({ accessToken: z.string() }) });

/** With which server an account is spoken about, and as whom. */
export type Session = { serverUrl: string; token: string };

/** The session of a connected account. Throws when it was connected by something else, `NetworkError` when its token is none. */
export const toSession = (account: ConnectedAccount): Session => {
  const { serverUrl, credential } = accountSchema.parse(account);
  const { data: token } = tokenSchema.safeParse(credential.accessToken);
  if (token !== undefined) return { serverUrl, token };
  throw new NetworkError("revoked", say("server_revoked"));
};
