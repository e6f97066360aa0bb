import { z } from "zod";

/** Who the identity provider says somebody is. Issuer and subject make the user; the rest is shown and may change. */
export const identitySchema = z.object({
  issuer: z.string().min(1),
  subject: z.string().min(1).max(255),
  email: z.string().min(1).max(320),
  name: z.string().nullable(),
  picture: z.string().nullable(),
});
export type Identity = z.infer<typeof identitySchema>;

const MAX_NAME_LENGTH = 200;
const MAX_PICTURE_LENGTH = 2048;

/** The identity in an ID token's claims, whose signature was checked before. Throws when it does not name a person. */
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
