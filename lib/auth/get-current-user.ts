import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { readSessionToken } from "#lib/auth/read-visitor";
import { type CurrentSession, findSession } from "#lib/auth/sessions";
import { toLocalPath } from "#lib/auth/to-local-path";

/** The signed-in user, and the id of their current session. */
type CurrentUser = CurrentSession["user"] & { sessionId: string };

/** The user who requests this page, or null when nobody is signed in. Cached for the request. */
export const findCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  const token = readSessionToken((await headers()).get("cookie"));
  const session = token ? await findSession(token) : null;
  return session && { ...session.user, sessionId: session.sessionId };
});

/** The user who requests this page. Without one, redirects to the sign-in page, which returns to `returnTo`. */
export const requireCurrentUser = async (returnTo = "/"): Promise<CurrentUser> => {
  const user = await findCurrentUser();
  if (!user) redirect(`/sign-in?${new URLSearchParams({ callbackUrl: toLocalPath(returnTo) })}`);
  return user;
};
