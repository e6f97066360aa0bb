import { authOptions } from "#lib/auth/auth-options";
import { createBrowserId } from "#lib/auth/known-browsers";
import { callNextAuth, readAuthCall } from "#lib/auth/read-auth-call";
import { browserCookie, readVisitor, sessionCookieName } from "#lib/auth/read-visitor";
import { type SignInError, signInErrorSchema } from "#lib/auth/schema";
import { signInPageUrl, toLocalPath } from "#lib/auth/to-local-path";
import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import type { RouteRequest } from "#lib/http/route";
import { say } from "#lib/problems/problem";

/** The next-auth addresses that exist here, with their methods. */
const METHODS: Record<string, readonly string[] | undefined> = {
  csrf: ["GET"],
  providers: ["GET"],
  session: ["GET", "POST"],
  signin: ["GET"],
  "signin/google": ["GET", "POST"],
  "callback/google": ["GET"],
  signout: ["GET", "POST"],
  error: ["GET"],
};

/**
 * Answers a request to `/api/auth/*`. next-auth handles signing in and out, and the console shows its own pages. The only
 * redirect off this origin leads to the identity provider. Throws not found for every other address.
 */
export const handleAuthRequest = async (request: RouteRequest): Promise<Response> => {
  const url = new URL(request.url);
  const path = url.pathname.slice("/api/auth/".length);
  requireMethod(path, request.method);
  const page = request.method === "GET" ? toPage(path, url.searchParams) : undefined;
  if (page) return redirect(page);
  const { call, returnTo, wantsJson } = await readAuthCall(request, path);
  if (path === "callback/google" && url.searchParams.has("error")) {
    const error = url.searchParams.get("error") === "access_denied" ? "Cancelled" : "Failed";
    return redirect(signInPageUrl({ error, callbackUrl: returnTo }));
  }
  const visitor = readVisitor(request.headers);
  const browserId = visitor.browserId ?? createBrowserId();
  const answer = await callNextAuth(call, authOptions({ ...visitor, browserId }));
  if (path === "session") dropSessionCookie(answer.headers);
  // At every sign-in, so that the browser keeps it. Whoever is refused gets nothing to keep.
  if (path === "callback/google" && isSignedIn(answer)) answer.headers.append("Set-Cookie", browserCookie(browserId));
  const location = answer.headers.get("location");
  if (location === null) return path === "callback/google" ? redirect(toFailure(returnTo), answer.headers) : answer;
  const target = toOwnPage(location, returnTo);
  if (!wantsJson) return redirect(target, answer.headers);
  answer.headers.delete("location");
  return Response.json({ url: target }, { headers: answer.headers });
};

function requireMethod(path: string, method: string): void {
  const methods = Object.hasOwn(METHODS, path) && METHODS[path];
  if (!methods) throw new ApiError("NotFound", say("nothing_here"));
  if (methods.includes(method)) return;
  const Allow = methods.join(", ");
  throw new ApiError("MethodNotAllowed", say("method_other", { methods: Allow }), { headers: { Allow } });
}

// next-auth's own pages load outside resources and have inline styles, so the console shows its own instead.
function toPage(path: string, query: URLSearchParams): string | undefined {
  const callbackUrl = toLocalPath(query.get("callbackUrl"));
  if (path === "signin" || path === "signin/google") return signInPageUrl({ callbackUrl });
  if (path === "error") return signInPageUrl({ callbackUrl, error: toSignInError(query.get("error")) });
  return path === "signout" ? new URL("/account", settings().publicUrl).href : undefined;
}

// next-auth reports errors by redirecting to its own pages. This reports the same in one redirect, and keeps the return
// address.
function toOwnPage(location: string, returnTo: string): string {
  const { publicUrl } = settings();
  const { origin, pathname, searchParams } = new URL(location, publicUrl);
  const isReport = ["/api/auth/error", "/api/auth/signin", "/sign-in"].includes(pathname);
  if (origin !== publicUrl || !(isReport || pathname === "/api/auth/signout")) return location;
  if (!isReport) return new URL("/account", publicUrl).href;
  return signInPageUrl({ callbackUrl: returnTo, error: toSignInError(searchParams.get("error")) });
}

// A visitor who returns from the identity provider is a person, for whom next-auth's own error bodies are useless.
function toFailure(returnTo: string): string {
  return signInPageUrl({ callbackUrl: returnTo, error: "Failed" });
}

function toSignInError(code: string | null): SignInError {
  if (code === "OAuthSignin") return "Unavailable";
  return signInErrorSchema.catch("Failed").parse(code);
}

function isSignedIn(answer: Response): boolean {
  return answer.headers.getSetCookie().some((cookie) => cookie.startsWith(`${sessionCookieName()}=`));
}

// next-auth sets the cookie again at every read. That would extend its expiry, and could undo a concurrent sign-out.
function dropSessionCookie(headers: Headers): void {
  const cookies = headers.getSetCookie().filter((cookie) => !cookie.startsWith(`${sessionCookieName()}=`));
  headers.delete("set-cookie");
  for (const cookie of cookies) headers.append("set-cookie", cookie);
}

function redirect(location: string, headers = new Headers()): Response {
  headers.delete("Content-Type");
  headers.set("Location", location);
  headers.set("Cache-Control", "no-store");
  return new Response(null, { status: 302, headers });
}
