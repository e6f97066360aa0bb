import { z } from "zod";
import { tokenSchema } from "#lib/networks/token-schema";

const serviceSchema = z.object({ id: z.string(), serviceEndpoint: z.unknown() });

/** What a server says when it has signed an account in. */
export const sessionSchema = z.object({
  did: z.string().regex(/^did:[a-z]+:[\w.:%-]+$/),
  handle: z.string(),
  accessJwt: tokenSchema,
  refreshJwt: tokenSchema,
  /** Absent in old servers: an account that they know is active. */
  active: z.boolean().default(true),
  didDoc: z
    .object({ service: z.array(serviceSchema) })
    .optional()
    .catch(undefined),
});
export type Session = z.infer<typeof sessionSchema>;

/** Where the account's own server is, when the session says so. */
export const findOwnServer = ({ did, didDoc }: Pick<Session, "did" | "didDoc">): string | undefined => {
  const own = didDoc?.service.find(({ id }) => id === "#atproto_pds" || id === `${did}#atproto_pds`);
  return typeof own?.serviceEndpoint === "string" ? own.serviceEndpoint : undefined;
};
