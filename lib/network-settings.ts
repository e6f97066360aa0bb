import { z } from "zod";
import { isOrigin } from "#lib/setting-formats";

const credential = (name: string) => z.string().regex(/^[\x21-\x7e]+$/, { error: `${name} must not contain spaces.` });

/** The operator's credentials at networks, by the environment variables that hold them. */
export const networkCredentialShape = {
  LINKEDIN_CLIENT_ID: credential("LINKEDIN_CLIENT_ID").optional(),
  LINKEDIN_CLIENT_SECRET: credential("LINKEDIN_CLIENT_SECRET").optional(),
};

export type NetworkCredentials = { [Name in keyof typeof networkCredentialShape]?: string | undefined };

const SENTENCE =
  "NETWORK_API_URLS must be network=address pairs separated by commas, for example NETWORK_API_URLS=linkedin=http://127.0.0.1:8081.";

/** Addresses that take the place of networks' own APIs, by network. */
export const networkApiUrls = z
  .string()
  .transform((text, context) => {
    const pairs = text.split(",").map((pair) => pair.trim().split("=") as [string, string]);
    const isGood = pairs.every(
      ([name, url = "", ...rest]) => /^[a-z]+$/.test(name) && isOrigin(url) && rest.length === 0,
    );
    if (!isGood) context.addIssue({ code: "custom", message: SENTENCE });
    return Object.fromEntries(isGood ? pairs : []);
  })
  .default({});
