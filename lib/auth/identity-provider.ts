import type { OAuthConfig } from "next-auth/providers/oauth";
import { toIdentity } from "#lib/auth/identity";
import { STAND_IN_CLIENT_ID, standInOrigin } from "#lib/auth/stand-in/address";
import { settings } from "#lib/env";

/** Google, or the stand-in on this computer when there are no credentials for Google. next-auth knows either as `google`. */
export const identityProvider = (): OAuthConfig<Record<string, unknown>> => {
  const { google } = settings();
  return {
    id: "google",
    name: "Google",
    type: "oauth",
    wellKnown: `${identityProviderOrigin()}/.well-known/openid-configuration`,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile", prompt: "select_account" } },
    // Any further member that profile() returns reaches the adapter's createUser.
    profile: (claims) => {
      const identity = toIdentity(claims);
      return { id: identity.subject, ...identity };
    },
    httpOptions: { timeout: 10_000 },
    ...(google ?? { clientId: STAND_IN_CLIENT_ID, client: STAND_IN_CLIENT }),
  };
};

/** The origin that the browser visits to sign in. A Content-Security-Policy must let forms lead there. */
export const identityProviderOrigin = (): string => {
  const { google, standInPort, publicUrl } = settings();
  return google ? "https://accounts.google.com" : standInOrigin(standInPort, publicUrl);
};

// The stand-in proves nothing about anyone, so a client secret would be theatre. PKCE binds the code to this server.
const STAND_IN_CLIENT = { token_endpoint_auth_method: "none", id_token_signed_response_alg: "ES256" } as const;
