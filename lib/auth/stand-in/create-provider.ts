import { generateKeyPairSync } from "node:crypto";
import { type Context, interactionPolicy, Provider } from "oidc-provider";
import { findPerson, STAND_IN_CLIENT_ID, STAND_IN_ISSUER } from "#lib/auth/stand-in/people";

type Payload = Record<string, unknown> & { uid?: string; grantId?: string; consumed?: number };
type Entry = { payload: Payload; expiresAt: number };

/** The storage interface of oidc-provider, for one kind of object. */
type Store = {
  upsert(id: string, payload: Payload, expiresInSeconds: number): Promise<void>;
  find(id: string): Promise<Payload | undefined>;
  findByUid(uid: string): Promise<Payload | undefined>;
  consume(id: string): Promise<void>;
  destroy(id: string): Promise<void>;
  revokeByGrantId(grantId: string): Promise<void>;
};

/** Keeps objects of one kind in memory until they expire. The package's own store prints a warning at every start. */
const memoryStore = (): Store => {
  const entries = new Map<string, Entry>();
  const findEntry = (isWanted: (payload: Payload) => boolean) =>
    [...entries.values()].find(({ payload, expiresAt }) => expiresAt > Date.now() && isWanted(payload))?.payload;
  return {
    upsert: async (id, payload, expiresInSeconds) => {
      for (const [old, { expiresAt }] of entries) if (expiresAt <= Date.now()) entries.delete(old);
      entries.set(id, { payload, expiresAt: Date.now() + expiresInSeconds * 1000 });
    },
    find: async (id) => {
      const entry = entries.get(id);
      return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
    },
    findByUid: async (uid) => findEntry((payload) => payload.uid === uid),
    consume: async (id) => {
      const entry = entries.get(id);
      if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => {
      entries.delete(id);
    },
    revokeByGrantId: async (grantId) => {
      for (const [id, { payload }] of entries) if (payload.grantId === grantId) entries.delete(id);
    },
  };
};

const SCOPES = "openid email profile";
const MINUTE = 60;

/** The names of the cookies that the stand-in sets. */
export const COOKIE_NAMES = { session: "stand-in-session", interaction: "stand-in-choice", resume: "stand-in-resume" };

type Options = { publicUrl: string; renderError(context: Context): void };

/**
 * A strict OpenID provider with one client, the console. It asks for a person at every sign-in and keeps everything in
 * memory.
 */
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
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "hd"] },
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

// The console asks for `prompt=select_account`, as it asks Google. Without this policy that value is unsupported.
function alwaysAsk(): object {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0);
  return policy;
}

async function findAccount(_: Context, subject: string) {
  const person = findPerson(subject);
  if (!person) return undefined;
  const { email, name, domain, isVerified } = person;
  const claims = { sub: subject, email, email_verified: isVerified, name, ...(domain && { hd: domain }) };
  return { accountId: subject, claims: async () => claims };
}

// Choosing a person also gives consent: the stand-in holds nothing that it could disclose.
async function loadExistingGrant({ oidc }: Context) {
  const { provider, client, session } = oidc;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(SCOPES);
  await grant.save();
  return grant;
}
