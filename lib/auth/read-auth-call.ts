import { createRequire } from "node:module";
import type { NextApiRequest, NextApiResponse } from "next";
import type { AuthOptions } from "next-auth";
import { readSessionToken, sessionCookieName } from "#lib/auth/read-visitor";
import { toLocalPath } from "#lib/auth/to-local-path";
import { settings } from "#lib/env";
import type { RouteRequest } from "#lib/http/route";

// Loaded at the first call, because the start should not wait for it. It is a CommonJS module with a default export.
const loadNextAuth = (): typeof import("next-auth") => createRequire(import.meta.url)("next-auth");

const NEXT_AUTH_COOKIE = /^(?:__Secure-|__Host-)?next-auth\.(csrf-token|callback-url|pkce\.code_verifier|state|nonce)$/;
const QUERY = ["code", "state", "iss", "ui_locales"];

/** A request to next-auth: `call` is the part that next-auth receives. */
type AuthRequest = { call: AuthCall; returnTo: string; wantsJson: boolean };

/**
 * Reads from a request the parameters and cookies that next-auth uses, as single strings, and a return address on this
 * origin. next-auth sees the session cookie only for `session` and `signout`, so that each sign-in creates a new session.
 */
export const readAuthCall = async (request: RouteRequest, path: string): Promise<AuthRequest> => {
  const { searchParams } = new URL(request.url);
  const [action = "", providerId] = path.split("/");
  const { method } = request;
  const members = method === "POST" ? await readBody(request) : {};
  const cookies = readNextAuthCookies(request.headers.get("cookie"));
  const cookieUrl = Object.entries(cookies).find(([name]) => name.endsWith("callback-url"))?.[1];
  const returnTo = toLocalPath(
    method === "POST" ? (members.callbackUrl ?? searchParams.get("callbackUrl")) : cookieUrl,
  );
  const sessionToken = readSessionToken(request.headers.get("cookie"));
  if (sessionToken && (action === "session" || action === "signout")) cookies[sessionCookieName()] = sessionToken;
  const query = Object.fromEntries([...searchParams].filter(([name]) => QUERY.includes(name)));
  const csrfToken = typeof members.csrfToken === "string" ? members.csrfToken : "";
  const body = method === "POST" ? { csrfToken, callbackUrl: toLocalUrl(returnTo) } : undefined;
  return { call: { action, providerId, method, query, body, cookies }, returnTo, wantsJson: members.json === "true" };
};

function readNextAuthCookies(header: string | null): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const pair of (header ?? "").split(";")) {
    const [name = "", ...rest] = pair.trim().split("=");
    const [, kind] = NEXT_AUTH_COOKIE.exec(name) ?? [];
    if (kind) cookies[name] = kind === "callback-url" ? toLocalUrl(decode(rest.join("="))) : decode(rest.join("="));
  }
  return cookies;
}

async function readBody(request: RouteRequest): Promise<Record<string, unknown>> {
  const text = new TextDecoder().decode(await request.bytes());
  const isJson = request.headers.get("content-type")?.includes("json");
  return isJson ? parseJson(text) : Object.fromEntries(new URLSearchParams(text));
}

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function toLocalUrl(target: unknown): string {
  return settings().publicUrl + toLocalPath(target);
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The part of a request that next-auth receives: only values that were checked before. */
type AuthCall = {
  action: string;
  providerId: string | undefined;
  method: string;
  query: Record<string, string>;
  body: Record<string, string> | undefined;
  cookies: Record<string, string>;
};

/**
 * Calls next-auth and returns its answer with `Cache-Control: no-store`. Links and redirects start with PUBLIC_URL, whatever
 * the request said.
 */
export const callNextAuth = async (call: AuthCall, options: AuthOptions): Promise<Response> => {
  process.env.NEXTAUTH_URL = settings().publicUrl;
  const { action, providerId, query, ...rest } = call;
  const nextauth = providerId === undefined ? [action] : [action, providerId];
  const answer = collectAnswer();
  await loadNextAuth().default(
    { ...rest, headers: {}, query: { ...query, nextauth } } as unknown as NextApiRequest,
    answer.sink as unknown as NextApiResponse,
    options,
  );
  return answer.toResponse();
};

// next-auth's handler for Next's older API routes needs only these members of a response.
function collectAnswer() {
  const headers = new Headers({ "Cache-Control": "no-store", "Content-Type": "application/json" });
  let status = 200;
  let body: string | null = null;
  const sink = {
    status: (code: number) => {
      status = code;
      return sink;
    },
    getHeader: (name: string) => (name === "Set-Cookie" ? headers.getSetCookie() : headers.get(name)),
    setHeader: (name: string, value: string | string[]) => {
      headers.delete(name);
      for (const line of [value].flat()) headers.append(name, line);
      return sink;
    },
    send: (value: unknown) => {
      body = JSON.stringify(value);
    },
    end: () => {},
  };
  return {
    sink,
    toResponse: () => new Response(body, { status, headers }),
  };
}
