import { generateKeyPairSync } from "node:crypto";
import { type Context, interactionPolicy, Provider } from "oidc-provider";
import { STAND_IN_CLIENT_ID, STAND_IN_ISSUER } from "#lib/auth/stand-in/address";
import { memoryStore } from "#lib/auth/stand-in/memory-store";
import { findPerson } from "#lib/auth/stand-in/people";

const SCOPES = "openid email profile";
const MINUTE = 60;

/** The names of the cookies that the stand-in sets. */
export const COOKIE_NAMES = { session: "stand-in-session", interaction: "stand-in-choice", resume: "stand-in-resume" };

type Options = { publicUrl: string; renderError(context: Context): void };

/** A strict OpenID provider with one client, the console, that asks for a person at every sign-in and keeps all in memory. */
export const createProvider = ({ publicUrl, renderError }: Options): Provider =>
  new Provider(STAND_IN_ISSUER, {
    clients: [
      {
        client_id: STAND_IN_CLIENT_ID,
        redirect_uris: [`${publicUrl}/api/auth/callback/google`],
        grant_types: ["authorization_code"],
        response_types: ["code"],
        token_endpoint_auth_method: "none",
        id_token_signed_response_alg: "ES256",
      },
    ],
    adapter: () => memoryStore(),
    responseTypes: ["code"],
    scopes: SCOPES.split(" "),
    clientAuthMethods: ["none"],
    jwks: { keys: [createSigningKey()] },
    cookies: { names: COOKIE_NAMES },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: Object.fromEntries(UNUSED_FEATURES.map((feature) => [feature, { enabled: false }])),
    clientBasedCORS: () => false,
    ttl: {
      AccessToken: MINUTE,
      AuthorizationCode: MINUTE,
      IdToken: 5 * MINUTE,
      Interaction: 60 * MINUTE,
      Session: 60 * MINUTE,
      Grant: 60 * MINUTE,
    },
    interactions: { policy: alwaysAsk(), url: (_: Context, { uid }: { uid: string }) => `/choose/${uid}` },
    findAccount,
    loadExistingGrant,
    renderError,
  });

const UNUSED_FEATURES = [
  "devInteractions",
  "dPoP",
  "pushedAuthorizationRequests",
  "resourceIndicators",
  "rpInitiatedLogout",
  "userinfo",
];

function createSigningKey(): object {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), alg: "ES256", use: "sig" };
}

// The console asks for `prompt=select_account`, as it asks Google; without this it is an unsupported value.
function alwaysAsk(): object {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0);
  return policy;
}

async function findAccount(_: Context, subject: string) {
  const person = findPerson(subject);
  if (!person) return undefined;
  const { email, name, isVerified } = person;
  return { accountId: subject, claims: async () => ({ sub: subject, email, email_verified: isVerified, name }) };
}

// Choosing a person is the consent: there is nothing behind the stand-in that could be given away.
async function loadExistingGrant({ oidc }: Context) {
  const { provider, client, session } = oidc;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(SCOPES);
  await grant.save();
  return grant;
}
