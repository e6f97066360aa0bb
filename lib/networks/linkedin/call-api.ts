import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { settings } from "#lib/env";
import { type ConnectedAccount, tokenSchema } from "#lib/networks/connector";
import { explainAnswer } from "#lib/networks/linkedin/explain-answer";
import { NetworkError, toCallError } from "#lib/networks/network-error";
import { fetchOutside, type OutsideOptions } from "#lib/outbound/fetch-outside";
import { readJson } from "#lib/outbound/read-body";
import { say } from "#lib/problems/problem";

/** The version of the API that every call names, and the day from which LinkedIn may refuse it. */
export const API_VERSION = { name: "202607", endsOn: "2027-07-15" };

/** Where LinkedIn's API is. */
export const apiUrl = (): string => settings().networkApiUrls.linkedin ?? "https://api.linkedin.com";

/** Where people agree, and where codes are exchanged for tokens. */
export const signInUrl = (): string => settings().networkApiUrls.linkedin ?? "https://www.linkedin.com";

/** LinkedIn's answer, of any status. `json` is undefined when the body is not JSON. */
export type Answer = { status: number; headers: IncomingHttpHeaders; json: unknown };

type Call = OutsideOptions & {
  json?: unknown;
  /** Whether the call is irreversible, so that a failed call may still have taken effect. */
  isIrreversible?: boolean;
  /** Statuses that the caller handles itself, besides success. */
  expected?: number[];
};

/** Calls the API as an account. Throws `NetworkError` for every unsuccessful answer. */
export const callApi = (token: string, path: string, { json, headers, ...call }: Call = {}): Promise<Answer> =>
  callAddress(token, `${apiUrl()}${path}`, {
    ...call,
    ...(json !== undefined && { method: "POST", body: JSON.stringify(json) }),
    headers: {
      Accept: "application/json",
      "LinkedIn-Version": API_VERSION.name,
      "X-Restli-Protocol-Version": "2.0.0",
      ...(json !== undefined && { "Content-Type": "application/json" }),
      ...headers,
    },
  });

/** Calls an address of LinkedIn as an account. Throws as `callApi` does. */
export const callAddress = async (token: string, address: string, call: Call = {}): Promise<Answer> => {
  const { isIrreversible = false, expected = [], headers, ...options } = call;
  const answer = await fetchAnswer(address, {
    ...options,
    headers: { ...headers, Authorization: `Bearer ${token}` },
  }).catch((thrown) => {
    throw toCallError(thrown, isIrreversible);
  });
  if ((answer.status >= 200 && answer.status < 300) || expected.includes(answer.status)) return answer;
  throw explainAnswer(answer, { version: API_VERSION.name, token, isIrreversible });
};

/** Sends a request. Throws `OutboundError`. */
export const fetchAnswer = async (address: string, options: OutsideOptions): Promise<Answer> => {
  const { status, headers, body } = await fetchOutside(address, { redirect: "error", ...options });
  return { status, headers, json: await readJson(body) };
};

const accountSchema = z.object({ accessToken: tokenSchema });

/** An account's token. Throws `NetworkError` where none is usable. */
export const toToken = ({ credential }: ConnectedAccount): string => {
  const { data } = accountSchema.safeParse(credential);
  if (!data) throw new NetworkError("revoked", say("linkedin_revoked"));
  return data.accessToken;
};

/** Whether an address that LinkedIn gave is LinkedIn's own, so that it may see an account's token. */
export const isOwnAddress = (address: string): boolean => {
  const url = URL.parse(address);
  if (!url) return false;
  if (url.origin === new URL(apiUrl()).origin) return true;
  return url.protocol === "https:" && /(^|\.)linkedin\.com$/.test(url.hostname);
};
