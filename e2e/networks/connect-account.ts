import { randomInt } from "node:crypto";
import type { User } from "#lib/testing/console/user";

/** Asks the product to connect an account and returns what it answers. Nobody may ask often from one address. */
export const connectAccount = async (user: User, network: string, fields: Record<string, string>) => {
  const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
  const headers = { "X-Forwarded-For": address };
  const { status, json, text } = await user.ask("/api/accounts", { headers, json: { network, fields } });
  if (status !== 201) throw new Error(`nothing was connected: ${status} ${text}`);
  return json;
};
