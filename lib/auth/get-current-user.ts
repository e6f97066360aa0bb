import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { readSessionToken } from "#lib/auth/read-visitor";
import type { SignInError } from "#lib/auth/schema";
import { type CurrentSession, findSession } from "#lib/auth/sessions";
import { toLocalPath } from "#lib/auth/to-local-path";
import { settings } from "#lib/env";

/** The signed-in user, and the session through which they are. */
type CurrentUser = CurrentSession["user"] & { sessionId: string };

/** The user who asks for this page, or null when nobody is signed in. Asked once a request, however often it is called. */
export const findCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  const token = readSessionToken((await headers()).get("cookie"));
  const session = token ? await findSession(token) : null;
  return session && { ...session.user, sessionId: session.sessionId };
});

/** The user who asks for this page. Without one the visitor goes to the sign-in page, and from there to `returnTo`. */
export const requireCurrentUser = async (returnTo = "/"): Promise<CurrentUser> => {
  const user = await findCurrentUser();
  if (!user) redirect(`/sign-in?${new URLSearchParams({ callbackUrl: toLocalPath(returnTo) })}`);
  return user;
};

/** The absolute address of the sign-in page, with what it should say and where it should lead afterwards. */
export const signInPageUrl = ({ error, callbackUrl }: { error?: SignInError; callbackUrl?: string }): string => {
  const url = new URL("/sign-in", settings().publicUrl);
  if (callbackUrl && callbackUrl !== "/") url.searchParams.set("callbackUrl", callbackUrl);
  if (error) url.searchParams.set("error", error);
  return url.href;
};
