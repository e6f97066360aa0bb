import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { readSessionToken } from "#lib/auth/read-visitor";
import type { SignInError } from "#lib/auth/schema";
import { type CurrentSession, findSession } from "#lib/auth/sessions";
import { toLocalPath } from "#lib/auth/to-local-path";
import { settings } from "#lib/env";
import { isInvited } from "#lib/invitations/list-invitations";
import { requireMembership } from "#lib/organizations/require-membership";
import type { Membership } from "#lib/organizations/schema";

/** The signed-in user, with the id of their current session and the organization that it shows. */
type CurrentUser = CurrentSession["user"] & Pick<CurrentSession, "sessionId" | "membership">;

/** The signed-in user as a member of the organization that their session shows. */
type CurrentMember = Membership & { userId: string; user: CurrentUser };

/** The user who requests this page, or null when nobody is signed in. Cached for the request. */
export const findCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  const token = readSessionToken((await headers()).get("cookie"));
  const session = token ? await findSession(token) : null;
  return session && { ...session.user, sessionId: session.sessionId, membership: session.membership };
});

/** The user who requests this page. Without one, redirects to the sign-in page, which returns to `returnTo`. */
export const requireCurrentUser = async (returnTo = "/"): Promise<CurrentUser> => {
  const user = await findCurrentUser();
  if (!user) redirect(`/sign-in?${new URLSearchParams({ callbackUrl: toLocalPath(returnTo) })}`);
  return user;
};

// A page and its title ask for it at the same time.
const requireMembershipOnce = cache(requireMembership);

/**
 * The user who requests this page, as a member of the organization that it shows. Redirects as `requireCurrentUser` does. A
 * user who belongs to no organization gets one of their own, but whoever is invited is asked for their answer first.
 */
export const requireCurrentMember = async (returnTo = "/"): Promise<CurrentMember> => {
  const user = await requireCurrentUser(returnTo);
  if (user.membership) return { user, userId: user.id, ...user.membership };
  if (await isInvited(user.email)) redirect("/account/invitations");
  return { user, userId: user.id, ...(await requireMembershipOnce(user.id)) };
};

/** The absolute address of the sign-in page, with the error to show and the address to continue to. */
export const signInPageUrl = ({ error, callbackUrl }: { error?: SignInError; callbackUrl?: string }): string => {
  const url = new URL("/sign-in", settings().publicUrl);
  if (callbackUrl && callbackUrl !== "/") url.searchParams.set("callbackUrl", callbackUrl);
  if (error) url.searchParams.set("error", error);
  return url.href;
};
