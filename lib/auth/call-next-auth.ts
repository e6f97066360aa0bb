import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type AuthOptions } from "next-auth";
import { settings } from "#lib/env";

/** What next-auth is told of a request: nothing that was not looked at before. */
export type AuthCall = {
  action: string;
  providerId: string | undefined;
  method: string;
  query: Record<string, string>;
  body: Record<string, string> | undefined;
  cookies: Record<string, string>;
};

/** next-auth's answer, which no cache keeps. Its links and redirects start with PUBLIC_URL, whatever the request said. */
export const callNextAuth = async (call: AuthCall, options: AuthOptions): Promise<Response> => {
  process.env.NEXTAUTH_URL = settings().publicUrl;
  const { action, providerId, query, ...rest } = call;
  const nextauth = providerId === undefined ? [action] : [action, providerId];
  const answer = collectAnswer();
  await NextAuth(
    { ...rest, headers: {}, query: { ...query, nextauth } } as unknown as NextApiRequest,
    answer.sink as unknown as NextApiResponse,
    options,
  );
  return answer.toResponse();
};

// next-auth's form for Next's older API routes wants this much of a response, and none of Next itself.
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
