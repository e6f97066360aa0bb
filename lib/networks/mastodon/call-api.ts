import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { type ConnectedAccount, tokenSchema } from "#lib/networks/connector";
import { NetworkError, readPause, toCallError } from "#lib/networks/network-error";
import { fetchOutside, type OutsideOptions } from "#lib/outbound/fetch-outside";
import { readJson } from "#lib/outbound/read-body";
import { type Problem, say } from "#lib/problems/problem";

type Call = OutsideOptions &
  Content & {
    /** Whether the call is irreversible, so that a failed call may still have taken effect. */
    isIrreversible?: boolean;
    /** Statuses that the caller handles itself, besides success. */
    expected?: number[];
  };

/** Calls a server's API as an account. Throws `NetworkError` for every unsuccessful answer. */
export const callApi = async (session: Session, path: string, call: Call = {}): Promise<Answer> => {
  const { isIrreversible = false, expected = [], headers, ...options } = call;
  const answer = await fetchJson(`${session.serverUrl}${path}`, {
    redirect: "error",
    ...options,
    headers: { ...headers, Authorization: `Bearer ${session.token}` },
  }).catch((thrown) => {
    throw toCallError(thrown, isIrreversible);
  });
  if ((answer.status >= 200 && answer.status < 300) || expected.includes(answer.status)) return answer;
  throw await explainAnswer(answer, { session, isIrreversible });
};

// A page of statuses can be long.
const MAX_BYTES = 4_194_304;

/** A server's answer, of any status. `json` is undefined when the body is not JSON. */
export type Answer = { status: number; headers: IncomingHttpHeaders; url: string; json: unknown };

/** The request body, as a form or as JSON. */
export type Content = { form?: Record<string, string>; json?: unknown };

/** Sends a request to a server. Throws `OutboundError`. */
export const fetchJson = async (address: string, options: OutsideOptions & Content = {}): Promise<Answer> => {
  const { form, json, headers, ...others } = options;
  const content = toContent({ form, json });
  const { body, ...answer } = await fetchOutside(address, {
    maxBytes: MAX_BYTES,
    ...others,
    ...(content && { body: content.body }),
    headers: { Accept: "application/json", ...(content && { "Content-Type": content.type }), ...headers },
  });
  return { ...answer, json: await readJson(body) };
};

function toContent({ form, json }: Content): { type: string; body: string } | undefined {
  if (form) return { type: "application/x-www-form-urlencoded", body: new URLSearchParams(form).toString() };
  return json === undefined ? undefined : { type: "application/json", body: JSON.stringify(json) };
}

const WALLED = say("server_walled");

const refusalSchema = z.object({ error_description: z.string().optional(), error: z.string() });

/**
 * Explains an unsuccessful answer. After a server error, an irreversible call is `uncertain`. An answer from a gateway in
 * front of the server is not the server's refusal.
 */
export const explainAnswer = async (
  answer: Answer,
  { session, isIrreversible = false }: { session?: Session; isIrreversible?: boolean } = {},
): Promise<NetworkError> => {
  const { status } = answer;
  const retryAt = readPause(answer, "x-ratelimit-reset");
  if (status === 429) return new NetworkError("rate_limited", say("server_busy"), { retryAt });
  if (status >= 500 || status === 408) {
    const reason = isIrreversible ? "uncertain" : "unavailable";
    return new NetworkError(reason, say("server_fault"), { retryAt });
  }
  if (status === 413) return new NetworkError("refused", say("server_medium_large"));
  if (!isRefusal(answer)) return new NetworkError("unavailable", WALLED);
  // Some servers answer 422 or 403 to an unknown token. With a token that it knows, the account can still be read.
  const isDoubtful = status === 403 || status === 422;
  if (status === 401 || (session && isDoubtful && !(await isKnown(session)))) {
    return new NetworkError("revoked", say("server_revoked"));
  }
  return new NetworkError("refused", toRefusal(answer.json, session));
};

async function isKnown({ serverUrl, token }: Session): Promise<boolean> {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetchJson(`${serverUrl}/api/v1/accounts/verify_credentials`, { headers }).catch(() => null);
  return answer === null || ![401, 403, 422].includes(answer.status) || !isRefusal(answer);
}

function toRefusal(given: unknown, session: Session | undefined): Problem {
  const { data } = refusalSchema.safeParse(given);
  const line = toLine(data?.error_description ?? data?.error ?? "");
  if (!line) return say("server_refused");
  return say("server_said", { said: session ? line.replaceAll(session.token, "…") : line });
}

// Bot protection, gateways and captive portals answer with HTML pages or JSON of their own.
function isRefusal({ json }: Answer): boolean {
  return refusalSchema.safeParse(json).success;
}

const MAX_LENGTH = 200;

/** A server's message as one short line for people, without HTML and invisible characters. */
export const toLine = (said: string): string => {
  const text = toPlainText(said.slice(0, 10 * MAX_LENGTH));
  const line = text.replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, " ").trim();
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1).trimEnd()}…` : line;
};

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** Converts an HTML fragment to text, with a line break for every block and `br`. */
export const toPlainText = (html: string): string =>
  html
    .replace(/<\/?(?:p|br|div|li|h\d|blockquote)\b[^<>]*>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/gi, (entity, name: string) => decode(name.toLowerCase()) ?? entity);

function decode(name: string): string | undefined {
  if (!name.startsWith("#")) return ENTITIES[name];
  const codePoint = Number(name.startsWith("#x") ? `0${name.slice(1)}` : name.slice(1));
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined;
}

const accountSchema = z.object({ serverUrl: z.string(), credential: z.object({ accessToken: z.string() }) });

/** A server, and the token of the account that calls it. */
export type Session = { serverUrl: string; token: string };

/** An account's session. Throws for an account of another connector, and `NetworkError` for an invalid token. */
export const toSession = (account: ConnectedAccount): Session => {
  const { serverUrl, credential } = accountSchema.parse(account);
  const { data: token } = tokenSchema.safeParse(credential.accessToken);
  if (token !== undefined) return { serverUrl, token };
  throw new NetworkError("revoked", say("server_revoked"));
};
