import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { readSessionToken } from "#lib/auth/read-visitor";
import { type CurrentSession, findSession } from "#lib/auth/sessions";
import { toLocalPath } from "#lib/auth/to-local-path";
import { ApiError } from "#lib/errors";
import { isInvited } from "#lib/invitations/list-invitations";
import { requireMembershipOf, type ThingId } from "#lib/organizations/find-membership";
import { listOrganizations } from "#lib/organizations/list-organizations";
import { requireMembership } from "#lib/organizations/require-membership";
import type { Membership } from "#lib/organizations/schema";

/** The signed-in user, with the id of their current session and the organization that it shows. */
type CurrentUser = CurrentSession["user"] & Omit<CurrentSession, "user" | "expiresAt">;

/** The signed-in user as a member of the organization that their session shows. */
export type CurrentMember = Membership & { userId: string; user: CurrentUser };

/** The user who requests this page, or null when nobody is signed in. Cached for the request. */
export const findCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  const token = readSessionToken((await headers()).get("cookie"));
  const session = token ? await findSession(token) : null;
  if (!session) return null;
  const { user, expiresAt: _, ...rest } = session;
  return { ...user, ...rest };
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

// A thing's page, its title and its header ask for it at the same time.
const findMembershipOf = cache(async (userId: string, thing: ThingId, id: string) => {
  try {
    return await requireMembershipOf(userId, thing, id);
  } catch (error) {
    if (error instanceof ApiError && error.code === "NotFound") return null;
    throw error;
  }
});

/**
 * The user who requests the page of a thing, as a member of the organization that the thing belongs to, whichever one their
 * session shows. Redirects as `requireCurrentUser` does, and shows the not-found page for things of others.
 */
export const requireCurrentMemberOf = async (thing: ThingId, id: string, returnTo: string): Promise<CurrentMember> => {
  const user = await requireCurrentUser(returnTo);
  return { user, userId: user.id, ...((await findMembershipOf(user.id, thing, id)) ?? notFound()) };
};

/** The id of the organization that a thing belongs to, for a title. Null for things that the requester may not see. */
export const findOrganizationOf = async (thing: ThingId, id: string): Promise<string | null> => {
  const user = await findCurrentUser();
  return (user && (await findMembershipOf(user.id, thing, id))?.organizationId) ?? null;
};

/** The organization that the requester's session shows. Undefined for somebody who does not belong to several. */
export const findShownOrganization = cache(async (): Promise<{ id: string; name: string } | undefined> => {
  const user = await findCurrentUser();
  if (!user?.belongsToSeveral) return undefined;
  const { organizations } = await listOrganizations(user.id, user.membership?.organizationId ?? null);
  const shown = organizations.find(({ is_current: isCurrent }) => isCurrent);
  return shown && { id: shown.id, name: shown.name };
});
