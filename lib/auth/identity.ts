import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { STAND_IN_CLIENT_ID, standInOrigin } from "#lib/auth/stand-in/people";
import { database } from "#lib/db/database";
import type { User } from "#lib/db/generated/client";
import { settings } from "#lib/env";

/**
 * A person as the identity provider describes them. Issuer and subject identify the user. The other members are only shown,
 * and may change.
 */
export const identitySchema = z.object({
  issuer: z.string().min(1),
  subject: z.string().min(1).max(255),
  email: z.string().min(1).max(320),
  name: z.string().nullable(),
  picture: z.string().nullable(),
});
type Identity = z.infer<typeof identitySchema>;

const MAX_NAME_LENGTH = 200;
const MAX_PICTURE_LENGTH = 2048;

/** The identity from an ID token's claims, whose signature was already verified. Throws when it does not name a person. */
export const toIdentity = (claims: Record<string, unknown>): Identity =>
  identitySchema.parse({
    issuer: claims.iss,
    subject: claims.sub,
    email: claims.email,
    name: toName(claims.name),
    picture: toPicture(claims.picture),
  });

function toName(claim: unknown): string | null {
  const name =
    typeof claim === "string"
      ? claim
          .normalize("NFC")
          .replaceAll(/\p{Cc}/gu, " ")
          .trim()
      : "";
  return [...name].slice(0, MAX_NAME_LENGTH).join("") || null;
}

function toPicture(claim: unknown): string | null {
  const isUsable = typeof claim === "string" && claim.startsWith("https://") && claim.length <= MAX_PICTURE_LENGTH;
  return isUsable ? claim : null;
}

/** Google, or the local stand-in when there are no Google credentials. next-auth knows both as `google`. */
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
    // Every further member that profile() returns reaches the adapter's createUser.
    profile: (claims) => {
      const identity = toIdentity(claims);
      return { id: identity.subject, ...identity };
    },
    httpOptions: { timeout: 10_000 },
    ...(google ?? { clientId: STAND_IN_CLIENT_ID, client: STAND_IN_CLIENT }),
  };
};

/** The origin that the browser visits to sign in. A Content-Security-Policy must allow forms to lead there. */
const identityProviderOrigin = (): string => {
  const { google, standInPort, publicUrl } = settings();
  return google ? "https://accounts.google.com" : standInOrigin(standInPort, publicUrl);
};

// The stand-in proves nobody's identity, so a client secret would add nothing. PKCE binds the code to this server.
const STAND_IN_CLIENT = { token_endpoint_auth_method: "none", id_token_signed_response_alg: "ES256" } as const;

/**
 * The user with this issuer and subject, created at the first sign-in. The e-mail, name and picture are updated to what the identity provider says now.
 */
export const saveUser = async ({ issuer, subject, ...shown }: Identity): Promise<User> => {
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    await tx.user.createMany({ data: [{ issuer, subject, ...shown }], skipDuplicates: true });
    return tx.user.update({ where: { issuer_subject: { issuer, subject } }, data: shown });
  });
};
